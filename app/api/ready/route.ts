import { pingDatabase } from "@/lib/db/client"
import { AppError } from "@/lib/errors"
import { checkReady } from "@/lib/server/readiness"
import { publicRoute } from "@/lib/server/route"

/** The process can do its work: the database answers and nobody asked it to end. */
export const GET = publicRoute({}, async () => {
  checkReady()
  await pingDatabase().catch((cause) => {
    throw new AppError("unavailable", { cause })
  })
  return { status: "ready" }
})
