import type { FilePart } from "@/lib/message/message"
import { DeletedFile } from "./deleted-file"
import { FileCard } from "./file-card"
import { filesOfKind } from "./files-of-kind"
import { Picture } from "./picture"
import { UseAsInput } from "./use-as-input"
import { useMissing } from "./use-missing"

/** The files of a question: pictures small, all else as cards. */
export function FileRow({ files }: { files: readonly FilePart[] }) {
  const pictures = filesOfKind(files, "image")
  return (
    <ul aria-label="Files" className="flex max-w-[85%] flex-wrap justify-end gap-2">
      {files.map((part) => (
        <li key={part.fileId} className="flex min-w-0 max-w-full items-center gap-1">
          {!part.isDeleted && (
            <UseAsInput
              part={part}
              className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 coarse:opacity-100"
            />
          )}
          <RowFile
            part={part}
            maxHeight={files.length > 1 ? "10rem" : "16rem"}
            pictures={pictures}
          />
        </li>
      ))}
    </ul>
  )
}

function RowFile({
  part,
  maxHeight,
  pictures,
}: {
  part: FilePart
  maxHeight: string
  pictures: readonly FilePart[]
}) {
  const [missing, onError] = useMissing(part)
  if (missing === "deleted") return <DeletedFile part={part} />
  if (!pictures.includes(part) || missing !== null) return <FileCard part={part} />
  return <Picture part={part} maxHeight={maxHeight} among={pictures} onError={onError} />
}
