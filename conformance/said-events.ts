// Streams of text and tool calls in each text protocol.

export type Said = {
  text: string
  calls: readonly { id: string; name: string; input: { city: string } }[]
}

const line = (event: object) => `data: ${JSON.stringify(event)}\n\n`

/** One answer as the events of the protocol used at this path. */
export function eventsOf(path: string, said: Said): string {
  if (path.endsWith("/responses")) return responsesEvents(said)
  if (!path.includes("/chat/") && path.endsWith("/completions")) return completionsEvents(said)
  return path.endsWith("/messages") ? messagesEvents(said) : chatEvents(said)
}

function chatEvents({ text, calls }: Said): string {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    line({
      id: "1",
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, finish_reason }],
    })
  const tool_calls = calls.map(({ id, name, input }, index) => ({
    ...{ index, id, type: "function" },
    function: { name, arguments: JSON.stringify(input) },
  }))
  return [
    chunk({ role: "assistant", content: text }),
    ...tool_calls.map((call) => chunk({ tool_calls: [call] })),
    chunk({}, calls.length > 0 ? "tool_calls" : "stop"),
  ].join("")
}

function completionsEvents({ text }: Said): string {
  const chunk = (text: string, finish_reason: string | null) =>
    line({ id: "1", object: "text_completion", choices: [{ index: 0, text, finish_reason }] })
  return [chunk(text, null), chunk("", "stop")].join("")
}

function responsesEvents({ text, calls }: Said): string {
  const message = { id: "msg_1", type: "message", role: "assistant" }
  const thought = { id: "rs_1", type: "reasoning", summary: [], encrypted_content: "sealed" }
  const at = { item_id: message.id, output_index: 1, content_index: 0 }
  const content = [{ type: "output_text", annotations: [], text }]
  const items = calls.map(({ id, name, input }) => ({
    ...{ id: `fc_${id}`, type: "function_call", status: "completed" },
    ...{ call_id: id, name, arguments: JSON.stringify(input) },
  }))
  const response = { id: "resp_1", created_at: 1, model: "m", output: [], usage: null }
  const events = [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    { type: "response.output_item.added", output_index: 0, item: thought },
    { type: "response.output_item.done", output_index: 0, item: thought },
    ...(text === ""
      ? []
      : [
          {
            type: "response.output_item.added",
            output_index: 1,
            item: { ...message, content: [] },
          },
          { type: "response.output_text.delta", ...at, delta: text },
          { type: "response.output_item.done", output_index: 1, item: { ...message, content } },
        ]),
    ...items.flatMap((item, index) => [
      { type: "response.output_item.added", output_index: index + 2, item },
      { type: "response.output_item.done", output_index: index + 2, item },
    ]),
    { type: "response.completed", response: { ...response, status: "completed" } },
  ]
  return events.map((event) => `event: ${event.type}\n${line(event)}`).join("")
}

function messagesEvents({ text, calls }: Said): string {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const start = { id: "msg_1", type: "message", role: "assistant", model: "m", content: [], usage }
  const blocks = [
    ...(text === ""
      ? []
      : [{ block: { type: "text", text: "" }, delta: { type: "text_delta", text } }]),
    ...calls.map(({ id, name, input }) => ({
      block: { type: "tool_use", id, name, input: {} },
      delta: { type: "input_json_delta", partial_json: JSON.stringify(input) },
    })),
  ]
  const stop_reason = calls.length > 0 ? "tool_use" : "end_turn"
  const events = [
    { type: "message_start", message: start },
    ...blocks.flatMap(({ block, delta }, index) => [
      { type: "content_block_start", index, content_block: block },
      { type: "content_block_delta", index, delta },
      { type: "content_block_stop", index },
    ]),
    { type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage },
    { type: "message_stop" },
  ]
  return events.map((event) => `event: ${event.type}\n${line(event)}`).join("")
}
