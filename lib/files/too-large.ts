import "server-only"
import { AppError } from "../base/errors"

/** The error for a file that exceeds the limit, naming it. */
export function tooLarge(maxBytes: number): AppError {
  const megabytes = Math.floor(maxBytes / 1_000_000)
  return new AppError("too_large", {
    message: `A file may have ${megabytes} MB at most. Make it smaller, or split it.`,
  })
}
