"use client"

import { ChevronRight } from "lucide-react"
import { lazy, useState } from "react"
import { pagesIn } from "@/lib/message/document-pages"
import { plainText } from "@/lib/message/parts"
import { transcriptIn } from "@/lib/message/transcript"
import { Markdown } from "../../markdown/markdown"
import { WhenAlive } from "../../ui/before-hydration/when-alive"
import { CopyButton } from "../transcript/copy-button"
import type { PartProps } from "./part-props"

// Not next/dynamic, as in media/media-player.tsx.
const TranscriptView = lazy(async () => ({
  default: (await import("../../media/views/transcript-view")).TranscriptView,
}))
const PagesView = lazy(async () => ({
  default: (await import("../../media/views/pages-view")).PagesView,
}))

/** A structured result: as what it is where that is known here, else all of it once one wants to see it. */
export function DataPart({ part, siblings = [part], asked = [] }: PartProps<"data">) {
  const lines = transcriptIn(part)
  const pages = lines ? null : pagesIn(part, siblings)
  if (!lines && !pages) return <RawData part={part} />
  return (
    <WhenAlive meanwhile={<Markdown text={plainText(siblings)} streaming={false} />}>
      {lines && <TranscriptView lines={lines} asked={asked} />}
      {pages && <PagesView pages={pages} text={plainText(siblings)} />}
    </WhenAlive>
  )
}

function RawData({ part }: Pick<PartProps<"data">, "part">) {
  const [isOpen, setOpen] = useState(false)
  const sentences = sentencesIn(part.value)
  if (sentences) return <Notes label={part.label} sentences={sentences} />
  // Thousands of numbers are drawn only when somebody looks.
  const json = () => JSON.stringify(part.value, null, 2)
  return (
    <div className="flex items-start gap-1">
      <details
        className="group/data min-w-0 grow"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary className="flex min-h-8 list-none items-center gap-1 text-ink-2 hover:text-ink coarse:min-h-11">
          <ChevronRight
            size={15}
            aria-hidden
            className="shrink-0 transition-transform group-open/data:rotate-90 rtl:rotate-180"
          />
          {part.label}
        </summary>
        {isOpen && (
          <pre
            dir="ltr"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long results are scrolled by key
            tabIndex={0}
            className="mt-1 max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-sm"
          >
            {json()}
          </pre>
        )}
      </details>
      <CopyButton label={`Copy ${part.label}`} text={json} />
    </div>
  )
}

/** A short list of sentences needs no unfolding. */
function sentencesIn(value: PartProps<"data">["part"]["value"]): string[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > 20) return null
  const sentences = value.filter((entry) => typeof entry === "string" && isSentence(entry))
  return sentences.length === value.length ? sentences.map(String) : null
}

function isSentence(text: string): boolean {
  return text.includes(" ") && /[.!?]$/.test(text)
}

function Notes({ label, sentences }: { label: string; sentences: readonly string[] }) {
  return (
    <ul aria-label={label} className="border-line border-s ps-3 text-ink-2 text-sm">
      {sentences.map((sentence) => (
        <li key={sentence} dir="auto">
          {sentence}
        </li>
      ))}
    </ul>
  )
}
