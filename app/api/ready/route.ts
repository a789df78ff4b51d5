import { AppError } from "@/lib/base/errors"
import { pingDatabase } from "@/lib/db/client"
import { checkReady } from "@/lib/server/readiness"
import { publicRoute } from "@/lib/server/route"

/** A database that hangs is as bad as one that is away. */
const patienceMs = 2_000

/** The process can do its work: the database answers and nobody asked it to end. */
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
