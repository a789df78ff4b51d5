import { Download } from "lucide-react"
import type { FilePart } from "@/lib/message/message"
import { downloadUrl } from "./file-words"

/** Takes a file along. */
export function DownloadLink({ part, size = 15 }: { part: FilePart; size?: number }) {
  return (
    <a
      href={downloadUrl(part.fileId)}
      download={part.name}
      aria-label={`Download ${part.name}`}
      title="Download"
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink coarse:size-11"
    >
      <Download size={size} aria-hidden />
    </a>
  )
}
