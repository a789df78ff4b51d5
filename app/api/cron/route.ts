import { createHash, timingSafeEqual } from "node:crypto"
import { AppError } from "@/lib/base/errors"
import { catchUp } from "@/lib/jobs/catch-up"
import { env } from "@/lib/server/env"
import { publicRoute } from "@/lib/server/route"

/** Maximum seconds on serverless platforms; ignored elsewhere. */
export const maxDuration = 300
const workMs = 45_000

/** Runs due work where there are no background workers; called on a schedule with a secret. */
export const GET = publicRoute({}, async ({ request }) => {
  const { CRON_SECRET } = env()
  const authorization = request.headers.get("authorization") ?? ""
  if (!CRON_SECRET || !isSame(authorization, `Bearer ${CRON_SECRET}`))
    throw new AppError("unauthenticated")
  return { steps: await catchUp(workMs) }
})

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
