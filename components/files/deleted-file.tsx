import type { FilePart } from "@/lib/message/message"
import { KindGlyph } from "./kind-glyph"

/** What stands in the place of a file that its owner deleted. */
export function DeletedFile({ part }: { part: FilePart }) {
  return (
    <div className="flex w-fit min-w-0 max-w-full items-center gap-3 rounded-md border border-line border-dashed py-2 ps-3 pe-4 text-ink-3">
      <span className="shrink-0">
        <KindGlyph mediaType={part.mediaType} />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate line-through">{part.name}</bdi>
        <span className="block text-sm">This file was deleted</span>
      </span>
    </div>
  )
}
