"use client"

import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { Markdown } from "../../markdown/markdown"
import type { PartProps } from "./part-props"

/** What a model thought: open while it thinks, folded to one line after, unless the reader chose otherwise. */
export function ReasoningPart({ part, isOpen }: PartProps<"reasoning">) {
  const [choice, setChoice] = useState<boolean | null>(null)
  const isUnfolded = choice ?? isOpen
  if (part.text.trim() === "") return null
  return (
    <div className="text-ink-2">
      <button
        type="button"
        aria-expanded={isUnfolded}
        onClick={() => setChoice(!isUnfolded)}
        className="flex items-center gap-1 rounded-md py-0.5 text-ink-3 transition-colors hover:text-ink"
      >
        <ChevronRight
          size={15}
          aria-hidden
          className={`transition-transform ${isUnfolded ? "rotate-90" : "rtl:rotate-180"}`}
        />
        {isOpen ? "Thinking" : thoughtFor(part.durationMs)}
      </button>
      {isUnfolded && (
        <div className="reasoning mt-1 border-line border-s ps-4">
          <Markdown text={part.text} streaming={isOpen} />
        </div>
      )}
    </div>
  )
}

function thoughtFor(durationMs: number | undefined): string {
  if (durationMs === undefined) return "Thought"
  const seconds = Math.max(1, Math.round(durationMs / 1_000))
  return seconds < 60 ? `Thought for ${seconds} s` : `Thought for ${Math.round(seconds / 60)} min`
}
