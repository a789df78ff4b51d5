import { z } from "zod"
import { AppError } from "../../base/errors"
import { hiddenStatus } from "../http/failure"

const choicesSchema = z.looseObject({
  choices: z.array(
    z.looseObject({ message: z.unknown().optional(), finish_reason: z.string().nullish() }),
  ),
})
const calledSchema = z.looseObject({ tool_calls: z.array(z.looseObject({})) })

/**
 * An answer that came as JSON: as the failure that it tells under a status of success, or, where a stream was
 * asked for, as the one chunk of a stream. Everything else is as it was.
 */
export async function readWhole(response: Response, isStreamAsked: boolean): Promise<Response> {
  const text = await response.text().catch((cause) => {
    throw new AppError("model_cut", { cause: String(cause).slice(0, 200) })
  })
  const { status, statusText, headers } = response
  const json = parse(text)
  const failed = hiddenStatus(json)
  if (failed !== null) return new Response(text, { status: failed, headers })
  const chunk = isStreamAsked ? asChunk(json) : null
  if (chunk === null) return new Response(text, { status, statusText, headers })
  const streamed = new Headers(headers)
  streamed.set("content-type", "text/event-stream")
  streamed.delete("content-length")
  return new Response(`data: ${JSON.stringify(chunk)}\n\n`, { status, headers: streamed })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // read by the provider, which says what is wrong with it
  }
}

/** A whole answer of chat in the words of a chunk; null for those of other protocols. */
function asChunk(json: unknown): object | null {
  const parsed = choicesSchema.safeParse(json)
  if (!parsed.success) return null
  const choices = parsed.data.choices.map((choice) => {
    const { message, finish_reason } = choice
    // What came whole is not cut, though nobody says why it ended.
    const whole = { ...choice, finish_reason: finish_reason ?? "stop" }
    const called = calledSchema.safeParse(message)
    if (!called.success) return message === undefined ? whole : { ...whole, delta: message }
    // Pieces of calls are told apart by their places.
    const tool_calls = called.data.tool_calls.map((call, index) => ({ index, ...call }))
    return { ...whole, delta: { ...called.data, tool_calls } }
  })
  return { ...parsed.data, choices }
}
