import "server-only"
import { AppError } from "../base/errors"

// Codes of node, PostgreSQL and Prisma that mean the database is unreachable.
const away =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|57P0[123]|55P03|P1001|P1002|P1017|P2024|timeout exceeded when trying to connect|Query read timeout|Connection terminated|Can't reach database|connection.{0,100}closed/i

/** Converts any thrown value to an AppError; an unexpected one becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const text = error instanceof Error ? `${"code" in error ? error.code : ""} ${error.message}` : ""
  return new AppError(away.test(text) ? "unavailable" : "internal", { cause: error })
}
