"use client"

import { ChevronRight } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import type { PartProps } from "./part-props"

const GenerationCard = dynamic(
  () => import("../../media/generation-card").then((module) => module.GenerationCard),
  { ssr: false },
)
const SentSettings = dynamic(
  () => import("../../media/sent-settings").then((module) => module.SentSettings),
  { ssr: false },
)

/** Something that is or was made; what was made follows as parts of their own. */
export function GenerationPart({ part, isRunning }: PartProps<"generation">) {
  const { generationId, callId } = part
  const [isOpen, setOpen] = useState(false)
  // One that a tool asked for may go on when its answer has ended.
  const mayGoOn = isRunning || callId !== undefined
  return (
    <>
      {mayGoOn && <GenerationCard id={generationId} />}
      {/* Below what was made. */}
      <details
        className="group/sent order-last text-sm"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary className="flex min-h-8 list-none items-center gap-1 self-start text-ink-3 hover:text-ink coarse:min-h-11">
          <ChevronRight
            size={14}
            aria-hidden
            className="shrink-0 transition-transform group-open/sent:rotate-90 rtl:rotate-180"
          />
          Settings that were sent
        </summary>
        <div className="ps-5 pb-2">{isOpen && <SentSettings id={generationId} />}</div>
      </details>
    </>
  )
}
