import { z } from "zod"
import { AppError } from "../../errors"
import { type CallContext, send, type Upstream } from "../upstream"
import { createRun } from "./assistants"

/** One event of a run as it happens: `thread.message.delta`, `thread.run.completed` and so on. */
export type RunEvent = { event: string; data: unknown }

const deltaSchema = z.looseObject({
  delta: z.looseObject({
    content: z.array(z.looseObject({ text: z.looseObject({ value: z.string() }).optional() })),
  }),
})

/** The words that an event adds to the answer. */
export function textOfEvent({ event, data }: RunEvent): string {
  if (event !== "thread.message.delta") return ""
  const parsed = deltaSchema.safeParse(data)
  if (!parsed.success) return ""
  return parsed.data.delta.content.map(({ text }) => text?.value ?? "").join("")
}

/** Runs an assistant on a thread and tells what happens. Throws AppError when it breaks. */
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
  let rest = ""
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split(/\r?\n\r?\n/)
    rest = events.pop() ?? ""
    for (const event of events) {
      const parsed = parseEvent(event)
      if (parsed?.event === "done") return
      if (parsed) yield parsed
    }
  }
  throw new AppError("model_cut")
}

function parseEvent(block: string): RunEvent | null {
  const event = /^event:\s*(.+)$/m.exec(block)?.[1]?.trim()
  const data = /^data:\s*(.*)$/m.exec(block)?.[1]
  if (!event || data === undefined) return null
  if (event === "done") return { event, data: null }
  try {
    return { event, data: JSON.parse(data) }
  } catch {
    throw new AppError("model_garbled")
  }
}
