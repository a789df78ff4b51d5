import { z } from "zod"
import { toStorable } from "@/lib/base/postgres-text"
import { listConversations } from "@/lib/db/conversations"
import { route } from "@/lib/people/route"

const query = z.strictObject({
  cursor: z.string().max(100).optional(),
  q: z
    .string()
    .max(200)
    .transform((text) => toStorable(text))
    .optional(),
})

/** The caller's conversations, newest first. */
export const GET = route({ query }, ({ user, query: { cursor, q } }) =>
  listConversations(user, { cursor, query: q }),
)
