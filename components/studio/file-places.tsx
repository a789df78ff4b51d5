import { useRef, useState } from "react"
import type { FileSlot } from "@/lib/models/fields"
import { AttachButton } from "../files/attach-button"
import { AttachmentList } from "../files/attachment-list"
import { slotWords } from "../files/file-words"
import type { Attachments } from "../files/use-attachments"
import { useDrop } from "../files/use-drop"
import { useInputs } from "../files/use-inputs"

/** The files that a model takes, each with the place it is meant for. */
export function FilePlaces({
  slots,
  attachments,
  modelId,
  userId,
  onChange,
}: {
  slots: readonly FileSlot[]
  attachments: Attachments
  modelId: string
  userId: string
  onChange: () => void
}) {
  const noBox = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const inputs = useInputs(attachments.addKept, setProblem, noBox)
  const isDropping = useDrop(add, inputs.addById)
  const required = slots.some(({ isRequired }) => isRequired)
  function add(files: readonly File[]) {
    setProblem(null)
    onChange()
    attachments.add(files)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot stand in a row with its button
    <div role="group" aria-label="Files">
      {problem && (
        <p role="alert" className="pb-1 text-bad text-sm">
          {problem}
        </p>
      )}
      <div
        className={`rounded-md border border-dashed ${isDropping ? "border-accent" : "border-line"}`}
      >
        <div className="flex min-h-11 items-center gap-2 py-1 ps-1 pe-3">
          <AttachButton onFiles={add} />
          <p className="min-w-0 grow text-ink-2 text-sm">Takes {slots.map(slotWords).join(", ")}</p>
          {required && <span className="text-ink-3 text-sm">required</span>}
        </div>
        {attachments.items.length > 0 && (
          <div className="pb-3">
            <AttachmentList
              attachments={attachments}
              modelId={modelId}
              userId={userId}
              onChange={onChange}
            />
          </div>
        )}
      </div>
    </div>
  )
}
