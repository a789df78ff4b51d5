import { after } from "next/server"
import { z } from "zod"
import { getConversation } from "@/lib/db/conversations"
import { listRuns } from "@/lib/db/runs"
import { paramsSchema } from "@/lib/fields"
import { idSchema, modelIdSchema, questionPartsSchema } from "@/lib/message"
import { route } from "@/lib/server/route"
import { sessionCheck } from "@/lib/server/session"
import { follow } from "@/lib/turn/follow"
import { streamResponse } from "@/lib/turn/stream-response"
import { speak, stop } from "@/lib/turn/turn"

const params = z.object({ id: idSchema })
const body = z.strictObject({
  message: z.strictObject({
    id: idSchema,
    parentId: idSchema.nullable(),
    parts: questionPartsSchema,
  }),
  models: z.tuple([modelIdSchema]),
  params: paramsSchema.default({}),
})

/** Seconds that a platform with limited functions lets an answer take; elsewhere it means nothing. */
export const maxDuration = 300

/**
 * Asks a question and streams the answer. Without parts, `message` is a new answer to the question it
 * hangs below (regenerate). The answer goes on when the reader leaves.
 */
export const POST = route({ params, body }, async ({ user, params: { id }, body, request }) => {
  const { message, models, params } = body
  const turn = await speak(user, { conversationId: id, message, model: models[0], params })
  after(turn.written)
  const reader = { user, signal: request.signal, isSignedIn: await sessionCheck() }
  return streamResponse(follow(reader, id, turn.answerId))
})

/** Follows the answer that is being written, from its beginning; 204 when there is none. */
export const GET = route({ params }, async ({ user, params: { id }, request }) => {
  await getConversation(user, id)
  const [run] = await listRuns(user, id)
  if (!run) return null
  const reader = { user, signal: request.signal, isSignedIn: await sessionCheck() }
  return streamResponse(follow(reader, id, run.messageId))
})

/** Stops the answer that is being written; what came is kept. */
export const DELETE = route({ params }, async ({ user, params: { id } }) => {
  await getConversation(user, id)
  await stop(user, id)
  return null
})
