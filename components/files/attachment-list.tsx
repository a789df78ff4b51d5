"use client"

import dynamic from "next/dynamic"
import { useState } from "react"
import { fileKindOf } from "@/lib/base/file-kinds"
import type { FilePart } from "@/lib/message/message"
import { useModelForm } from "../model-form/forms"
import { useSlotChoices } from "../model-form/params"
import { AttachmentChip } from "./attachment-chip"
import { assignSlots, maskSlot, slotsFor, strayWords } from "./slots"
import type { Attachments } from "./use-attachments"

const MaskDialog = dynamic(
  () => import("../media/views/mask-dialog").then((module) => module.MaskDialog),
  { ssr: false },
)

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
  const [painted, setPainted] = useState<FilePart | null>(null)
  const forMask = maskSlot(slots)

  /** A picture that can be painted over for this model. */
  function paintable(part: FilePart | null): FilePart | null {
    const isPicture = part && fileKindOf(part.mediaType) === "image"
    return forMask && isPicture && places[part.fileId] !== forMask.name ? part : null
  }

  /** Attaches a mask in place of the one that there may be. */
  function takeMask(mask: File) {
    setPainted(null)
    onChange()
    if (!forMask) return
    const before = attachments.items.filter(
      ({ part }) => part && places[part.fileId] === forMask.name,
    )
    for (const { key } of before) attachments.remove(key)
    attachments.add([mask], ({ fileId }) => choose(fileId, forMask.name))
  }

  return (
    <>
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
              onPaint={paintable(item.part) && (() => setPainted(item.part))}
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
      {painted && <MaskDialog part={painted} onDone={takeMask} onClose={() => setPainted(null)} />}
    </>
  )
}
