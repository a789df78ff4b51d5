import { z } from "zod"
import { AppError } from "../../base/errors"
import { type CallContext, send, type Upstream } from "../http/upstream"
import { createLineReader } from "../text/lines"
import { createRun } from "./assistants"

/** An event of a run: `thread.message.delta`, `thread.run.completed` and so on. */
export type RunEvent = { event: string; data: unknown }

const deltaSchema = z.looseObject({
  delta: z.looseObject({
    content: z.array(z.looseObject({ text: z.looseObject({ value: z.string() }).optional() })),
  }),
})

/** The text an event adds to the answer. */
export function textOfEvent({ event, data }: RunEvent): string {
  if (event !== "thread.message.delta") return ""
  const parsed = deltaSchema.safeParse(data)
  if (!parsed.success) return ""
  return parsed.data.delta.content.map(({ text }) => text?.value ?? "").join("")
}

/** Runs an assistant on a thread and yields its events. Throws AppError if the stream breaks. */
export async function* streamRun(
  upstream: Upstream,
  { threadId, assistantId, ...context }: CallContext & { threadId: string; assistantId: string },
): AsyncGenerator<RunEvent> {
  const response = await send(upstream, {
    method: "POST",
    path: createRun.path.replace("{threadId}", encodeURIComponent(threadId)),
    body: { assistant_id: assistantId, stream: true },
    ...context,
  })
  if (!response.body) throw new AppError("model_cut")
  const lines = createLineReader(response.body)
  try {
    let block: string[] = []
    for (let batch = await lines.next(); batch !== null; batch = await lines.next()) {
      for (const line of batch) {
        block.push(line)
        if (line !== "") continue
        const parsed = parseEvent(block)
        block = []
        if (parsed?.event === "done") return
        if (parsed) yield parsed
      }
    }
  } finally {
    await lines.cancel()
  }
  throw new AppError("model_cut")
}

function parseEvent(block: readonly string[]): RunEvent | null {
  const member = (name: string) => block.find((line) => line.startsWith(name))?.slice(name.length)
  const event = member("event:")?.trim()
  const data = member("data:")?.trim()
  if (!event || data === undefined) return null
  if (event === "done") return { event, data: null }
  try {
    return { event, data: JSON.parse(data) }
  } catch {
    throw new AppError("model_garbled")
  }
}
