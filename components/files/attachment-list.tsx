"use client"

import { useModelForm } from "../model-form/forms"
import { useSlotChoices } from "../model-form/params"
import { AttachmentChip } from "./attachment-chip"
import { assignSlots, slotsFor, strayWords } from "./slots"
import type { Attachments } from "./use-attachments"

/** The attached files above the text, each with what the chosen model will do with it. */
export function AttachmentList({
  attachments,
  modelId,
  userId,
  onChange,
}: {
  attachments: Attachments
  modelId: string | null
  userId: string
  /** What was said about these files may not be true any more. */
  onChange: () => void
}) {
  const { form } = useModelForm(modelId)
  const [wanted, choose] = useSlotChoices(userId)
  const slots = form?.files ?? []
  const parts = attachments.items.flatMap(({ part }) => part ?? [])
  const places = assignSlots(slots, parts, wanted)
  return (
    <ul aria-label="Attached files" className="flex flex-wrap gap-2 px-3 pt-3">
      {attachments.items.map((item) => {
        const fitting = slotsFor(slots, item)
        const isStray = form && (fitting.length === 0 || (item.part && !places[item.part.fileId]))
        return (
          <AttachmentChip
            key={item.key}
            item={item}
            note={isStray ? strayWords(slots, item) : null}
            slots={fitting.length > 1 ? fitting : []}
            slot={places[item.part?.fileId ?? ""] ?? ""}
            onSlot={(name) => {
              if (item.part) choose(item.part.fileId, name)
              onChange()
            }}
            onRetry={() => {
              attachments.retry(item.key)
              onChange()
            }}
            onRemove={() => {
              attachments.remove(item.key)
              onChange()
            }}
          />
        )
      })}
    </ul>
  )
}
