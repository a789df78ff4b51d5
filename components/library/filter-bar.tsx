"use client"

import { Search } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { fileKinds } from "@/lib/base/file-kinds"
import { Choice } from "./choice"
import type { Filters } from "./filters"

const kindLabels = {
  image: "Pictures",
  video: "Videos",
  audio: "Audio",
  document: "Documents",
  mesh: "Shapes",
} as const

/** What one looks for waits this long for the next letter. */
const typingMs = 200

/** What the library shows: words, kind, where from, by which model, since when. */
export function FilterBar({
  filters,
  models,
  nameOf,
  onChange,
}: {
  filters: Filters
  models: readonly string[]
  nameOf: (model: string) => string
  onChange: (change: Partial<Filters>) => void
}) {
  // A model of the address may have made nothing that is still there.
  const offered = [...new Set(filters.model ? [...models, filters.model] : models)]
  return (
    <div className="mt-4 flex flex-col gap-2">
      <SearchBox query={filters.q} onQuery={(q) => onChange({ q })} />
      <div className="flex flex-wrap items-center gap-2">
        {/* biome-ignore lint/a11y/useSemanticElements: not fields of a form */}
        <div
          role="group"
          aria-label="Kinds of files"
          className="-ms-2.5 me-auto flex gap-0.5 max-sm:-mx-4 max-sm:w-screen max-sm:overflow-x-auto max-sm:px-2"
        >
          {[null, ...fileKinds].map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === filters.kind}
              onClick={() => onChange({ kind })}
              className="h-8 shrink-0 rounded-md px-2.5 text-ink-2 transition-colors hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink coarse:h-11"
            >
              {kind === null ? "All" : kindLabels[kind]}
            </button>
          ))}
        </div>
        <div className="flex min-w-0 gap-2 max-sm:w-full">
          <Choice
            label="Where from"
            value={filters.source}
            options={[
              [null, "Any source"],
              ["upload", "Uploaded"],
              ["generated", "Made"],
            ]}
            onChoose={(source) => onChange({ source })}
          />
          {offered.length > 0 && (
            <Choice
              label="Made by"
              value={filters.model}
              options={[[null, "Any model"], ...offered.map((id) => [id, nameOf(id)] as const)]}
              onChoose={(model) => onChange({ model })}
            />
          )}
          <Choice
            label="Date"
            value={filters.date}
            options={[
              [null, "Any time"],
              ["today", "Today"],
              ["week", "Last 7 days"],
              ["month", "Last 30 days"],
            ]}
            onChoose={(date) => onChange({ date })}
          />
        </div>
      </div>
    </div>
  )
}

function SearchBox({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const [text, setText] = useState(query)
  const latest = useRef(onQuery)
  latest.current = onQuery
  // Cleared from elsewhere.
  useEffect(() => {
    if (query === "") setText("")
  }, [query])
  useEffect(() => {
    if (text.trim() === query) return
    const timer = setTimeout(() => latest.current(text.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [text, query])
  return (
    <label className="flex h-10 items-center gap-2.5 rounded-md border border-line bg-raised px-3 focus-within:border-ink-3 coarse:h-11">
      <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
      <input
        type="search"
        aria-label="Search files"
        placeholder="Search by prompt or name"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        className="w-full min-w-0 bg-transparent text-lg outline-none placeholder:text-ink-3"
      />
    </label>
  )
}
