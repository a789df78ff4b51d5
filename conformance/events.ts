// Streams of the three text protocols, generated from a complete answer.

type Json = Record<string, unknown>
const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null ? { ...value } : {}
const first = (value: unknown): Json => asObject(Array.isArray(value) ? value[0] : undefined)
const line = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`
const named = (event: Json) => `event: ${String(event.type)}\n${line(event)}`

/** Splits a text in two, so that joining is tested. */
function halves(text: string): [string, string] {
  return [text.slice(0, 5), text.slice(5)]
}

/** Chat chunks with two finish reasons and no `[DONE]`, as some services send. */
export function chatEvents(answer: unknown): string {
  const { choices, usage, meta, ...base } = asObject(answer)
  const { message, finish_reason } = first(choices)
  const content = String(asObject(message).content ?? "")
  const chunk = (choice: Json | null, more: Json = {}) =>
    line({
      ...base,
      object: "chat.completion.chunk",
      choices: choice ? [{ index: 0, ...choice }] : [],
      ...more,
    })
  const [start, end] = halves(content)
  return [
    chunk({ delta: { role: "assistant", content: "" }, finish_reason: null }, { usage: null }),
    chunk({ delta: { content: start }, finish_reason: null }),
    chunk({ delta: { content: end }, finish_reason: null }),
    chunk({ delta: {}, finish_reason: finish_reason ?? "stop" }),
    chunk({ finish_reason: finish_reason ?? "stop" }),
    chunk(null, { usage, meta }),
  ].join("")
}

export function responsesEvents(answer: unknown, text: string): string {
  const response = { ...asObject(answer) }
  const item = { id: "msg_1", type: "message", role: "assistant", status: "completed" }
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 }
  const [start, end] = halves(text)
  const part = { type: "output_text", annotations: [], text }
  const events: Json[] = [
    { type: "response.created", response: { ...response, status: "in_progress", output: [] } },
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
    { type: "response.content_part.added", ...place, part: { ...part, text: "" } },
    { type: "response.output_text.delta", ...place, delta: start, logprobs: [] },
    { type: "response.output_text.delta", ...place, delta: end, logprobs: [] },
    { type: "response.output_text.done", ...place, text, logprobs: [] },
    { type: "response.content_part.done", ...place, part },
    { type: "response.output_item.done", output_index: 0, item: { ...item, content: [part] } },
    {
      type: "response.completed",
      response: { ...response, status: "completed" },
      meta: response.meta,
    },
  ]
  return events.map((event, index) => named({ ...event, sequence_number: index })).join("")
}

export function messagesEvents(answer: unknown): string {
  const { content, usage, meta, ...message } = asObject(answer)
  const counts = asObject(usage)
  const [start, end] = halves(String(first(content).text ?? ""))
  const events: Json[] = [
    {
      type: "message_start",
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...counts, output_tokens: 1 },
      },
    },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "ping" },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: start } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: end } },
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: counts.output_tokens },
      meta,
    },
    { type: "message_stop" },
  ]
  return events.map(named).join("")
}
