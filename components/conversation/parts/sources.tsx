"use client"

import { useState } from "react"
import type { Source } from "@/lib/message/cards"
import { OutwardLink } from "./outward-link"
import type { PartProps } from "./part-props"
import { siteOf } from "./site"

const shownAtFirst = 6

/** The pages that an answer leans on, numbered as the text cites them. Nothing of them is loaded. */
export function SourcesPart({ part }: PartProps<"sources">) {
  const [showsAll, setShowsAll] = useState(false)
  const { sources } = part
  // One more takes no more room than saying that there is one.
  const isCut = !showsAll && sources.length > shownAtFirst + 1
  const shown = isCut ? sources.slice(0, shownAtFirst) : sources
  return (
    <nav aria-label="Sources">
      <ol className="flex flex-wrap gap-x-4 gap-y-0.5">
        {shown.map((source, index) => (
          // The number in the list is the number in the text.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className="max-w-full">
            <SourceLink source={source} number={index + 1} />
          </li>
        ))}
        {isCut && (
          <li>
            <button
              type="button"
              onClick={() => setShowsAll(true)}
              className="min-h-7 rounded-md text-ink-2 text-sm transition-colors hover:text-ink coarse:min-h-11"
            >
              + {sources.length - shownAtFirst} more
            </button>
          </li>
        )}
      </ol>
    </nav>
  )
}

function SourceLink({ source, number }: { source: Source; number: number }) {
  const site = siteOf(source.url)
  return (
    <OutwardLink
      href={source.url}
      className="group/source flex min-h-7 max-w-full items-center gap-1.5 rounded-md text-sm coarse:min-h-11"
    >
      <span className="shrink-0 text-ink-3 tabular-nums">{number}</span>
      <bdi className="max-w-64 truncate text-ink-2 transition-colors group-hover/source:text-ink">
        {source.title}
      </bdi>
      {site !== source.title && <bdi className="max-w-40 shrink-0 truncate text-ink-3">{site}</bdi>}
    </OutwardLink>
  )
}
