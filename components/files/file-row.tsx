import { fileKindOf } from "@/lib/file-kinds"
import type { FilePart } from "@/lib/message"
import { DeletedFile } from "./deleted-file"
import { FileCard } from "./file-card"
import { Picture } from "./picture"
import { useMissing } from "./use-missing"

/** The files of a question: pictures small, all else as cards. */
export function FileRow({ files }: { files: readonly FilePart[] }) {
  return (
    <ul aria-label="Files" className="flex max-w-[85%] flex-wrap justify-end gap-2">
      {files.map((part) => (
        <li key={part.fileId} className="min-w-0 max-w-full">
          <RowFile part={part} maxHeight={files.length > 1 ? "10rem" : "16rem"} />
        </li>
      ))}
    </ul>
  )
}

function RowFile({ part, maxHeight }: { part: FilePart; maxHeight: string }) {
  const [missing, onError] = useMissing(part)
  if (missing === "deleted") return <DeletedFile part={part} />
  const isShown = fileKindOf(part.mediaType) === "image" && missing === null
  if (!isShown) return <FileCard part={part} />
  return <Picture part={part} maxHeight={maxHeight} onError={onError} />
}
