"use client"

import { SlidersHorizontal } from "lucide-react"
import { useSyncExternalStore } from "react"
import { countRemembered, watchRemembered } from "./remembered"

/** Opens what the model can be told; says how much of it was changed. */
export function SettingsButton({
  userId,
  modelId,
  isOpen,
  onToggle,
}: {
  userId: string
  modelId: string | null
  isOpen: boolean
  onToggle: () => void
}) {
  const changed = useSyncExternalStore(
    watchRemembered,
    () => countRemembered(userId, modelId),
    () => 0,
  )
  return (
    <button
      type="button"
      data-settings=""
      aria-label={changed > 0 ? `Settings, ${changed} changed` : "Settings"}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      title="Settings"
      disabled={modelId === null}
      onClick={onToggle}
      className="flex h-9 shrink-0 items-center gap-1 rounded-md px-2.5 text-ink-2 transition-colors hover:bg-hover hover:text-ink coarse:h-11 coarse:min-w-11 coarse:justify-center"
    >
      <SlidersHorizontal size={16} aria-hidden />
      {changed > 0 && <span className="text-accent text-sm tabular-nums">{changed}</span>}
    </button>
  )
}
