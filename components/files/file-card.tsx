import { Download } from "lucide-react"
import type { FilePart } from "@/lib/message/message"
import { dragProps } from "./drag"
import { contentUrl, downloadUrl, factsLine } from "./file-words"
import { KindGlyph } from "./kind-glyph"

/** A file that is not shown itself: its name, what it is, and the way to its content. */
export function FileCard({ part, isDownload = false }: { part: FilePart; isDownload?: boolean }) {
  const link = isDownload
    ? { href: downloadUrl(part.fileId), download: part.name, "aria-label": `Download ${part.name}` }
    : { href: contentUrl(part.fileId), target: "_blank", rel: "noopener" }
  return (
    <a
      {...link}
      {...dragProps(part.fileId)}
      className="flex w-fit min-w-0 max-w-full items-center gap-3 rounded-md border border-line bg-raised py-2 ps-3 pe-4 transition-colors hover:bg-hover"
    >
      <span className="shrink-0 text-ink-3">
        <KindGlyph mediaType={part.mediaType} />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate">{part.name}</bdi>
        <span className="block truncate text-ink-3 text-sm">{factsLine(part)}</span>
      </span>
      {isDownload && <Download size={16} aria-hidden className="shrink-0 text-ink-2" />}
    </a>
  )
}
