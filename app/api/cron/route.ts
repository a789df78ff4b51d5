import { createHash, timingSafeEqual } from "node:crypto"
import { AppError } from "@/lib/errors"
import { sweepFiles } from "@/lib/jobs/sweep-files"
import { workFor } from "@/lib/jobs/work"
import { env } from "@/lib/server/env"
import { publicRoute } from "@/lib/server/route"

/** Seconds that it works at most. */
export const maxDuration = 60
const workMs = 45_000

/** Does what is due, on platforms that run nothing in the background; called by their clock, with its secret. */
export const GET = publicRoute({}, async ({ request }) => {
  const { CRON_SECRET } = env()
  const given = request.headers.get("authorization") ?? ""
  if (!CRON_SECRET || !isSame(given, `Bearer ${CRON_SECRET}`)) throw new AppError("unauthenticated")
  const steps = await workFor(workMs)
  // Once an hour; the clock comes every minute.
  if (new Date().getUTCMinutes() === 0) await sweepFiles()
  return { steps }
})

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
