"use client"

import { ChevronRight } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"

const SentSettings = dynamic(
  () => import("./sent-settings").then((module) => module.SentSettings),
  { ssr: false },
)

/** What was really sent for a generation, folded away below what it made. */
export function SentSettingsFold({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      className="group/sent order-last text-sm"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-8 list-none items-center gap-1 text-ink-3 hover:text-ink coarse:min-h-11">
        <ChevronRight
          size={14}
          aria-hidden
          className="shrink-0 transition-transform group-open/sent:rotate-90 rtl:rotate-180"
        />
        Settings that were sent
      </summary>
      <div className="ps-5 pb-2">{isOpen && <SentSettings id={id} />}</div>
    </details>
  )
}
