import { z } from "zod"
import { limits } from "@/lib/base/limits"
import { listBranch } from "@/lib/db/branch-pages"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { withLocalParts } from "@/lib/turn/local-run"
import { modelNames } from "@/lib/upstream/offered-models"

const params = z.object({ id: idSchema })
const stretch = z.object({
  end: idSchema.optional(),
  through: idSchema.optional(),
  count: z.coerce.number().int().min(1).max(limits.messagesPerPageMax).optional(),
})

/** A page of a branch, with all versions of its messages; by default the end of the current branch. */
export const GET = route({ params, query: stretch }, async ({ user, params: { id }, query }) => {
  const { headId, messages } = await listBranch(user, id, query)
  const names = await modelNames(messages.map((message) => message.model))
  return { headId, messages: withLocalParts(messages), modelNames: names }
})
