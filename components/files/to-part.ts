import type { FileFacts } from "@/lib/db/files"
import type { FilePart } from "@/lib/message/message"

/** A file as a message holds it; whatever else is known of it stays behind. */
export function toPart(file: FileFacts): FilePart {
  const { id, name, mediaType, sizeBytes, width, height, durationMs } = file
  return {
    type: "file",
    fileId: id,
    name,
    mediaType,
    sizeBytes,
    ...(width && height ? { width, height } : {}),
    ...(durationMs ? { durationMs } : {}),
  }
}
