import type { FileKind } from "../../base/file-kinds"

/** A file to be sent in a request, opened only when it is sent. */
export type InputFile = {
  kind: FileKind
  name: string
  mediaType: string
  sizeBytes: number
  open(): Promise<AsyncIterable<Uint8Array>>
}

/** A file's place in a request body: raw bytes in a form, or a data URL. */
export class SentFile {
  constructor(
    readonly file: InputFile,
    readonly as: "bytes" | "address",
  ) {}

  /** The prefix of its data URL. */
  get head(): string {
    return `data:${this.file.mediaType};base64,`
  }

  /** Its size in the encoded request. */
  get sizeBytes(): number {
    const { sizeBytes } = this.file
    return this.as === "bytes" ? sizeBytes : this.head.length + 4 * Math.ceil(sizeBytes / 3)
  }
}
