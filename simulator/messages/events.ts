import { type Beat, namedEvent, type Script } from "../delivery"
import type { Cost } from "../dialects"
import { type MessageDraft, messageBody, type Output, usageBody } from "./message"

const event = (type: string, members: object = {}) => namedEvent(type, { type, ...members })

const structure = (line: string, tokens = 0): Beat => ({ line, tokens, text: "" })

function begun(output: Output): object {
  switch (output.type) {
    case "thinking":
      return { type: "thinking", thinking: "", signature: "" }
    case "text":
      return { type: "text", text: "" }
    case "tool_use":
      return { type: "tool_use", id: output.id, name: output.name, input: {} }
  }
}

function* deltaBeats(output: Output, index: number): Generator<Beat> {
  const delta = (members: object) => event("content_block_delta", { index, delta: members })
  if (output.type === "tool_use") {
    // The first piece is empty, as the real one is.
    yield structure(delta({ type: "input_json_delta", partial_json: "" }))
    for (const text of output.input.match(/[\s\S]{1,12}/g) ?? []) {
      yield { line: delta({ type: "input_json_delta", partial_json: text }), tokens: 3, text }
    }
    return
  }
  for (const { text, tokens } of output.pieces) {
    const said =
      output.type === "text"
        ? { type: "text_delta", text }
        : { type: "thinking_delta", thinking: text }
    yield { line: delta(said), tokens, text }
  }
  if (output.type === "thinking") {
    yield structure(delta({ type: "signature_delta", signature: output.signature }))
  }
}

function* blockBeats(outputs: Output[]): Generator<Beat> {
  for (const [index, output] of outputs.entries()) {
    const hiddenTokens = output.type === "thinking" ? output.hiddenTokens : 0
    const start = event("content_block_start", { index, content_block: begun(output) })
    yield structure(start, hiddenTokens)
    if (index === 0) yield structure(event("ping"))
    yield* deltaBeats(output, index)
    yield structure(event("content_block_stop", { index }))
  }
}

const errorTypes: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
  503: "overloaded_error",
}

/** A message as a stream of Claude's own events; the cost rides on the one with the usage. */
export function messageScript(draft: MessageDraft, cost: Cost, book: () => void): Script {
  const { stopReason, stopSequence, used } = draft
  const started = {
    ...messageBody({ ...draft, outputs: [] }),
    stop_reason: null,
    stop_sequence: null,
    usage: usageBody({ input: used.input, output: 1 }),
  }
  return {
    opening: [event("message_start", { message: started })],
    beats: blockBeats(draft.outputs),
    closing: () => {
      book()
      return [
        event("message_delta", {
          delta: { stop_reason: stopReason, stop_sequence: stopSequence },
          usage: usageBody(used),
          meta: { usage: cost },
        }),
        event("message_stop"),
      ]
    },
    brokenLine: 'event: content_block_delta\ndata: {"type":"content_block_delta","index\n\n',
    errorLine: (statusCode, message) =>
      event("error", { error: { type: errorTypes[statusCode] ?? "api_error", message } }),
  }
}
