import "server-only"
import { z } from "zod"
import { AppError } from "../base/errors"
import type { Generation } from "../db/generations"
import { untilEnded } from "../media/follow"
import { startGeneration } from "../media/start"
import { plainText } from "../message/parts"
import type { Model } from "../models/model"
import { type End, type Listener, notSent, type Question } from "./turn-event"

/**
 * Has a model make something of the last question, as a generation of its own: it goes on when this process
 * ends, and then ends the answer by itself. Throws AppError, `invalid` with what is wrong or missing.
 */
export async function askMedia(model: Model, question: Question, listener: Listener): Promise<End> {
  const { user, conversationId, answerId, params: given, path, signal } = question
  const { $slots, $tools: _tools, ...params } = given
  const parts = path.at(-1)?.parts ?? []
  const slots = slotsSchema.parse($slots ?? {})
  const inputs = parts.flatMap((part) =>
    part.type === "file" ? [{ fileId: part.fileId, slot: slots[part.fileId] }] : [],
  )
  const { generation, leftOut } = await startGeneration(user, {
    ...{ model, prompt: plainText(parts), inputs, params },
    shown: { conversationId, messageId: answerId },
  })
  listener.part({ type: "generation", generationId: generation.id })
  if (leftOut.length > 0) listener.part(notSent(leftOut))
  return endOf(await untilEnded(generation.id, signal), listener)
}

const slotsSchema = z.record(z.string(), z.string()).catch({})

/** Hands on what was made, or throws why it was not. */
function endOf({ status, error, outputs, ...made }: Generation, listener: Listener): End {
  const isRefused = error?.code === "refused_by_moderation"
  if (error && !isRefused) {
    const { code, message, requestId } = error
    throw new AppError(code, { message, ...(requestId !== undefined && { requestId }) })
  }
  if (status === "stopped") throw new AppError("interrupted") // whoever stopped it ends the run as well
  for (const part of outputs) {
    if (part.type === "text") listener.word("text", part.text)
    else if (part.type === "reasoning") listener.word("reasoning", part.text)
    else listener.part(part)
  }
  const { costUsd, upstreamId } = made
  const facts = { usage: null, units: made.units ?? {}, costUsd, upstreamId }
  if (error) return { reason: "filtered", finishReason: null, error, ...facts }
  return { reason: "complete", finishReason: null, ...facts }
}
