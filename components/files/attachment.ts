import type { FilePart } from "@/lib/message/message"

/** A file beside the text that is being written. */
export type Attachment = {
  /** Of this page only; the server's id is in `part`. */
  key: string
  name: string
  mediaType: string
  sizeBytes: number
  /** Where its picture is to be had before the server has it. */
  previewUrl: string | null
  state: "uploading" | "ready" | "failed"
  /** How much has gone, from 0 to 1. */
  progress: number
  error: string | null
  canRetry: boolean
  /** What a message holds of it, once the server has it. */
  part: FilePart | null
}

/** Where the ids of attached files outlive a reload. */
export function filesDraftKey(draftKey: string): string {
  return `${draftKey}:files`
}
