import { z } from "zod"
import type { TextCall } from "../protocol"
import type { Value } from "../schema/check"
import type { Schema } from "../schema/schema"
import { limitLines } from "../text/limit-lines"
import { readWhole } from "../text/whole-answer"
import { sendUntilTaken } from "./repeat"
import type { Upstream } from "./upstream"

const bodySchema = z.record(z.string(), z.unknown())

/** Puts a body into the words of a model's own schema; `leftOut` says what that lost. */
type Shape = (
  body: Record<string, unknown>,
  schema: Schema,
) => { body: Record<string, Value>; leftOut: string[] }

/**
 * A fetch for a provider of the AI SDK that sends what the provider wants to say to the model's own
 * address, in the words of the model's own schema. With `readsStreamsOnly` an answer that comes whole is a
 * stream of one event, whether or not a stream was asked for.
 */
export function shapingFetch(
  upstream: Upstream,
  { model, operation, onLeftOut }: TextCall,
  shape: Shape,
  readsStreamsOnly = false,
): typeof fetch {
  const path = operation.path.replace("{model}", encodeURIComponent(model))
  return async (_input, init) => {
    if (typeof init?.body !== "string") throw new Error("providers send JSON")
    const wanted = { ...bodySchema.parse(JSON.parse(init.body)), model }
    const shaped = operation.request
      ? shape(wanted, operation.request)
      : { body: wanted, leftOut: [] }
    if (shaped.leftOut.length > 0) onLeftOut(shaped.leftOut)
    const body: Record<string, unknown> = shaped.body
    const sent = { ...init, body: JSON.stringify(body) }
    const send = () => upstream.fetch(`${upstream.root}${path}`, sent)
    const answer = await sendUntilTaken(send, init.signal ?? undefined)
    const isWhole = answer.ok && hasType(answer, "application/json")
    const response = isWhole
      ? await readWhole(answer, readsStreamsOnly || body.stream === true)
      : answer
    if (!response.ok || !response.body || !hasType(response, "text/event-stream")) return response
    const { status, statusText, headers } = response
    return new Response(limitLines(response.body), { status, statusText, headers })
  }
}

function hasType({ headers }: Response, type: string): boolean {
  return headers.get("content-type")?.startsWith(type) ?? false
}
