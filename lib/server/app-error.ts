import "server-only"
import { AppError } from "../base/errors"

// Errors of the database driver that say "not reachable", by node, PostgreSQL and Prisma.
const away =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|57P0[123]|55P03|P1001|P1002|P1017|P2024|timeout exceeded when trying to connect|Query read timeout|Connection terminated|Can't reach database|connection.{0,100}closed/i

/** Anything thrown as one of our errors: what nobody expected is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const text = error instanceof Error ? `${"code" in error ? error.code : ""} ${error.message}` : ""
  return new AppError(away.test(text) ? "unavailable" : "internal", { cause: error })
}
