import { Download } from "lucide-react"
import type { ReactNode } from "react"
import type { FilePart } from "@/lib/message"
import { dragProps } from "./drag"
import { downloadUrl, factsLine } from "./file-words"
import { UseAsInput } from "./use-as-input"

/** The line under what is shown of a file: what it is, what can be done with it, and the way to take it along. */
export function FileCaption({ part, children }: { part: FilePart; children?: ReactNode }) {
  return (
    <figcaption className="mt-1 flex items-center gap-1 text-ink-3 text-sm">
      <span className="me-1 min-w-0 truncate" {...dragProps(part.fileId)}>
        <bdi>{part.name}</bdi> · {factsLine(part)}
      </span>
      {children}
      <UseAsInput part={part} />
      <a
        href={downloadUrl(part.fileId)}
        download={part.name}
        aria-label={`Download ${part.name}`}
        title="Download"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink coarse:size-11"
      >
        <Download size={15} aria-hidden />
      </a>
    </figcaption>
  )
}
