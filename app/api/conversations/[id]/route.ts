import { z } from "zod"
import { getConversation, removeConversation, updateConversation } from "@/lib/db/conversations"
import { listMessages, pickAnswer } from "@/lib/db/messages"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { publishConversation } from "@/lib/server/publish"
import { withLocalParts } from "@/lib/turn/local-run"

const params = z.object({ id: idSchema })
const body = z.strictObject({
  title: z.string().trim().min(1, "A title needs at least a letter.").max(1_000).optional(),
  headId: idSchema.optional(),
  /** The compared answer to continue with. */
  picked: idSchema.optional(),
})

/** A conversation with all its messages. */
export const GET = route({ params }, async ({ user, params: { id } }) => {
  const conversation = await getConversation(user, id)
  return { ...conversation, messages: withLocalParts(await listMessages(user, id)) }
})

/** Renames the conversation, or selects the branch shown. */
export const PATCH = route({ params, body }, async ({ user, params: { id }, body }) => {
  const { picked, ...change } = body
  if (picked !== undefined) await pickAnswer(user, id, picked)
  await updateConversation(user, id, change)
  publishConversation(user, id)
  return getConversation(user, id)
})

/** Deletes the conversation and everything in it. */
export const DELETE = route({ params }, async ({ user, params: { id } }) => {
  await removeConversation(user, id)
  publishConversation(user, id)
  return null
})
