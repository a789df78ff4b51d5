/** Why there is no text to be had of a file. */
export class Unreadable extends Error {
  /** @param {"damaged" | "encrypted" | "too-large"} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}
