import "server-only"
import { AppError } from "../base/errors"

/** The refusal of a file, with the limit named. */
export function tooLarge(maxBytes: number): AppError {
  const megabytes = Math.floor(maxBytes / 1_000_000)
  return new AppError("too_large", {
    message: `A file may have ${megabytes} MB at most. Make it smaller, or split it.`,
  })
}
