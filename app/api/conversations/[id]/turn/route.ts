import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { newId } from "@/lib/base/id"
import { paramsSchema } from "@/lib/base/json"
import { limits } from "@/lib/base/limits"
import { getConversation } from "@/lib/db/conversations"
import { checkMessage } from "@/lib/db/messages"
import { listRuns } from "@/lib/db/runs"
import { parseCursor } from "@/lib/message/cursor"
import { idSchema, modelIdSchema, questionPartsSchema } from "@/lib/message/message"
import { callerRoute, route } from "@/lib/people/route"
import { sessionCheck } from "@/lib/people/session"
import { stayFor } from "@/lib/server/after-requests"
import { addFastPath } from "@/lib/server/fast-path"
import { follow } from "@/lib/turn/follow"
import { streamResponse } from "@/lib/turn/stream-response"
import { startTurn, stop } from "@/lib/turn/turn"

const params = z.object({ id: idSchema })
const body = z
  .strictObject({
    message: z.strictObject({
      id: idSchema,
      parentId: idSchema.nullable(),
      parts: questionPartsSchema,
    }),
    /** Each model answers in a message of its own; several are compared. */
    models: z.array(modelIdSchema).min(1).max(limits.modelsCompared),
    /** The settings of the single model, or of each compared model by its id. */
    params: paramsSchema.default({}),
    /** The ids of the answers, in the order of `models`; the server generates missing ones. */
    answers: z.array(idSchema).max(limits.modelsCompared).default([]),
    /** A stopped answer to the same question that the new one continues. */
    continues: idSchema.optional(),
  })
  .refine(({ models }) => new Set(models).size === models.length, "Choose each model once.")
const which = z.object({
  message: idSchema.optional(),
  after: z
    .string()
    .transform((text, context) => {
      const place = parseCursor(text)
      if (!place) context.addIssue("This is no place in an answer.")
      return place ?? z.NEVER
    })
    .optional(),
})

/** Maximum seconds for an answer on serverless platforms; ignored elsewhere. */
export const maxDuration = 300

/**
 * Adds a question and streams the first answer. Without parts, `message` is another answer to its parent
 * (regenerate, continue). Answers continue when the client disconnects.
 */
export const POST = callerRoute(
  { params, body },
  async ({ user: caller, params: { id }, body, request }) => {
    const { message, models, continues } = body
    const answers = models.map((model, index) => {
      const isItself = index === 0 && message.parts.length === 0
      const answerId = isItself ? message.id : (body.answers[index] ?? newId())
      return { id: answerId, model, params: paramsOf(model, body) }
    })
    const turn = await startTurn(caller, { conversationId: id, message, answers, continues })
    stayFor(() => turn.written)
    const [first] = turn.answers
    if (!first) throw new AppError("internal")
    const reader = { user: turn.user, signal: request.signal, isSignedIn: sessionCheck(request) }
    return streamResponse(follow(reader, id, first.id))
  },
)

addFastPath("POST", "/api/conversations/[id]/turn", POST)

function paramsOf(model: string, { models, params }: z.infer<typeof body>) {
  if (models.length === 1) return params
  const parsed = paramsSchema.safeParse(params[model] ?? {})
  if (!parsed.success) throw new AppError("invalid", { message: "Settings go by the model's id." })
  return parsed.data
}

/**
 * Streams an answer in progress, the newest or the one requested, from the beginning or from a cursor; 204 if it is
 * not running.
 */
export const GET = route(
  { params, query: which },
  async ({ user, params: { id }, query: { message, after }, request }) => {
    await getConversation(user, id)
    const runs = await listRuns(user, id)
    if (message !== undefined && !runs.includes(message)) await checkMessage(user, id, message)
    const followed = message === undefined ? runs[0] : runs.find((run) => run === message)
    if (followed === undefined) return null
    const reader = { user, signal: request.signal, isSignedIn: sessionCheck(request) }
    return streamResponse(follow(reader, id, followed, after))
  },
)

/** Stops the running answers, or the one requested. The text so far is kept, or only what the reader had seen. */
export const DELETE = route(
  { params, query: which },
  async ({ user, params: { id }, query: { message, after } }) => {
    await getConversation(user, id)
    if (message !== undefined) await checkMessage(user, id, message)
    await stop(user, id, { messageId: message, place: after })
    return null
  },
)
