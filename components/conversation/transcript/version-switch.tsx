"use client"

import { ChevronLeft, ChevronRight } from "lucide-react"
import { IconButton } from "../../ui/button"
import type { ConversationStore } from "../conversation-store"

/** Steps through the versions of a message: ‹ 2/3 ›. Nothing when there is only one. */
export function VersionSwitch({
  store,
  id,
  onChoose,
}: {
  store: ConversationStore
  id: string
  onChoose: (versionId: string) => void
}) {
  const versions = store.versions(id)
  if (versions.length < 2) return null
  const at = versions.indexOf(id)
  const step = (by: number) => {
    const other = versions[at + by]
    // Not `disabled`: the button at the end of the row keeps the focus.
    return other === undefined ? { "aria-disabled": true } : { onClick: () => onChoose(other) }
  }
  return (
    <span className="flex items-center text-ink-2 text-sm tabular-nums">
      <IconButton label="Previous version" {...step(-1)}>
        <ChevronLeft size={16} className="rtl:rotate-180" />
      </IconButton>
      {at + 1}/{versions.length}
      <IconButton label="Next version" {...step(1)}>
        <ChevronRight size={16} className="rtl:rotate-180" />
      </IconButton>
    </span>
  )
}
