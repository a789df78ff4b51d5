import { z } from "zod"
import { listBranch } from "@/lib/db/branch"
import { limits } from "@/lib/limits"
import { idSchema } from "@/lib/message"
import { route } from "@/lib/people/route"
import { modelNames } from "@/lib/server/offered-models"
import { withLiveParts } from "@/lib/turn/live-run"

const params = z.object({ id: idSchema })
const stretch = z.object({
  end: idSchema.optional(),
  through: idSchema.optional(),
  count: z.coerce.number().int().min(1).max(limits.messagesPerPageMax).optional(),
})

/** A stretch of a branch, with all versions of its messages; the end of the one that is shown by default. */
export const GET = route({ params, query: stretch }, async ({ user, params: { id }, query }) => {
  const { headId, messages } = await listBranch(user, id, query)
  const names = await modelNames(messages.map((message) => message.model))
  return { headId, messages: withLiveParts(messages), modelNames: names }
})
