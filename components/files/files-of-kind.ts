import { type FileKind, fileKindOf } from "@/lib/base/file-kinds"
import type { FilePart, Part } from "@/lib/message/message"

/** The files of one kind in a message, in its order. */
export function filesOfKind(parts: readonly Part[], kind: FileKind): FilePart[] {
  return parts.filter(
    (part): part is FilePart => part.type === "file" && fileKindOf(part.mediaType) === kind,
  )
}
