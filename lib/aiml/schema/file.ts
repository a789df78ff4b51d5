import type { FileKind } from "../../base/file-kinds"

/** A file on its way into a request: what is known of it. Its bytes are opened when they are sent. */
export type InputFile = {
  kind: FileKind
  name: string
  mediaType: string
  sizeBytes: number
  open(): Promise<AsyncIterable<Uint8Array>>
}

/** Where a file stands in a request's body: as bytes of a form, or as an address that holds them. */
export class SentFile {
  constructor(
    readonly file: InputFile,
    readonly as: "bytes" | "address",
  ) {}

  /** How an address of its bytes begins. */
  get head(): string {
    return `data:${this.file.mediaType};base64,`
  }

  /** What it takes in the request. */
  get sizeBytes(): number {
    const { sizeBytes } = this.file
    return this.as === "bytes" ? sizeBytes : this.head.length + 4 * Math.ceil(sizeBytes / 3)
  }
}
