import { AppError } from "@/lib/base/errors"
import { pingDatabase } from "@/lib/db/client"
import { checkReady } from "@/lib/server/readiness"
import { publicRoute } from "@/lib/server/route"

/** A database that does not answer in time counts as down. */
const patienceMs = 2_000

/** Readiness: the database answers and the process is not shutting down. */
export const GET = publicRoute({}, async () => {
  checkReady()
  const answered = pingDatabase().then(
    () => true,
    () => false,
  )
  const tooLate = new Promise<boolean>((resolve) => setTimeout(resolve, patienceMs, false))
  if (!(await Promise.race([answered, tooLate]))) throw new AppError("unavailable")
  return { status: "ready" }
})
