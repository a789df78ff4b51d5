"use client"

import {
  Calculator,
  ChevronRight,
  Clock,
  FileSearch,
  FileText,
  Globe,
  type LucideIcon,
  Shapes,
  Wrench,
} from "lucide-react"
import { useState } from "react"
import type { Json } from "@/lib/base/json"
import type { PartProps } from "./part-props"
import { type ToolState, toolWords } from "./tool-words"

const glyphs: Readonly<Record<string, LucideIcon>> = {
  web_search: Globe,
  read_page: FileText,
  file_search: FileSearch,
  calculate: Calculator,
  current_time: Clock,
  make_media: Shapes,
}

/** A call of a tool and what came of it: one quiet line that unfolds to all of it. */
export function ToolCallPart(props: PartProps<"tool-call">) {
  const { part, siblings = [], isOpen, isRunning = isOpen } = props
  const [isUnfolded, setUnfolded] = useState(false)
  const result = siblings.find(
    (sibling) => sibling.type === "tool-result" && sibling.callId === part.callId,
  )
  const told = result?.type === "tool-result" ? result : null
  const state = stateOf(told, isRunning)
  const Glyph = (Object.hasOwn(glyphs, part.name) && glyphs[part.name]) || Wrench
  const { name, input } = part
  const output = told?.output ?? null
  const words = toolWords(name, { state, input, output, durationMs: told?.durationMs ?? null })
  return (
    <div className="text-ink-3">
      <button
        type="button"
        aria-expanded={isUnfolded}
        onClick={() => setUnfolded(!isUnfolded)}
        className="group/tool flex min-h-8 max-w-full items-center gap-1.5 rounded-md text-start transition-colors hover:text-ink coarse:min-h-11"
      >
        <Glyph
          size={15}
          aria-hidden
          className={`shrink-0 ${state === "running" ? "animate-breathe" : ""}`}
        />
        <span dir="auto" className="wrap-anywhere line-clamp-2 min-w-0">
          {words}
        </span>
        <ChevronRight
          size={15}
          aria-hidden
          className={`shrink-0 transition-transform ${isUnfolded ? "rotate-90" : "rtl:rotate-180"}`}
        />
      </button>
      {told?.error != null && (
        <p dir="auto" className="wrap-anywhere ps-5.5 text-sm">
          {told.error}
        </p>
      )}
      {isUnfolded && (
        <div className="mt-1 flex flex-col gap-2 border-line border-s ps-4">
          <Value label="Asked" value={input} />
          {told !== null && told.error === null && <Value label="Answered" value={told.output} />}
        </div>
      )}
    </div>
  )
}

/** A call without a result in an answer that has ended was stopped with it. */
function stateOf(told: { error: string | null } | null, isRunning: boolean): ToolState {
  if (told === null) return isRunning ? "running" : "failed"
  return told.error === null ? "done" : "failed"
}

function Value({ label, value }: { label: string; value: Json }) {
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm">{label}</figcaption>
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long values are scrolled by key
        tabIndex={0}
        className="wrap-anywhere max-h-72 overflow-auto whitespace-pre-wrap font-mono text-ink-2 text-sm"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  )
}
