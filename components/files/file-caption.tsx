import type { ReactNode } from "react"
import type { FilePart } from "@/lib/message/message"
import { DownloadLink } from "./download-link"
import { dragProps } from "./drag"
import { factsLine } from "./file-words"
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
      <DownloadLink part={part} />
    </figcaption>
  )
}
