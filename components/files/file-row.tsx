import { fileKindOf } from "@/lib/file-kinds"
import type { FilePart } from "@/lib/message"
import { FileCard } from "./file-card"
import { Picture } from "./picture"
import { UseAsInput } from "./use-as-input"

/** The files of a question: pictures small, all else as cards. */
export function FileRow({ files }: { files: readonly FilePart[] }) {
  return (
    <ul aria-label="Files" className="flex max-w-[85%] flex-wrap justify-end gap-2">
      {files.map((part) => (
        <li key={part.fileId} className="flex min-w-0 max-w-full items-center gap-1">
          <UseAsInput
            part={part}
            className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 coarse:opacity-100"
          />
          {fileKindOf(part.mediaType) === "image" ? (
            <Picture part={part} maxHeight={files.length > 1 ? "10rem" : "16rem"} />
          ) : (
            <FileCard part={part} />
          )}
        </li>
      ))}
    </ul>
  )
}
