import type { FilePart } from "@/lib/message"
import { FileCard } from "./file-card"
import { filesOfKind } from "./files-of-kind"
import { Picture } from "./picture"

/** The files of a question: pictures small, all else as cards. */
export function FileRow({ files }: { files: readonly FilePart[] }) {
  const pictures = filesOfKind(files, "image")
  return (
    <ul aria-label="Files" className="flex max-w-[85%] flex-wrap justify-end gap-2">
      {files.map((part) => (
        <li key={part.fileId} className="min-w-0 max-w-full">
          {pictures.includes(part) ? (
            <Picture
              part={part}
              maxHeight={files.length > 1 ? "10rem" : "16rem"}
              among={pictures}
            />
          ) : (
            <FileCard part={part} />
          )}
        </li>
      ))}
    </ul>
  )
}
