/** Why no text can be extracted from a file. */
export class Unreadable extends Error {
  /** @param {"damaged" | "encrypted" | "too-large"} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}
