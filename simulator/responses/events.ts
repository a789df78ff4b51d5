import type { Piece } from "../compose"
import { type Beat, namedEvent } from "../delivery"
import { contentOf, itemOf, joined, type Output } from "./items"

/** Makes the lines of one stream, each with the next number. */
export function numberedEvents(): (type: string, members: object) => string {
  let sequence = 0
  return (type, members) => namedEvent(type, { type, sequence_number: sequence++, ...members })
}
type Emit = ReturnType<typeof numberedEvents>

const structure = (line: string, tokens = 0): Beat => ({ line, tokens, text: "" })

function* deltas(pieces: Piece[], emit: (text: string) => string): Generator<Beat> {
  for (const { text, tokens } of pieces) yield { line: emit(text), tokens, text }
}

type Of<Kind extends Output["kind"]> = Extract<Output, { kind: Kind }>

function* reasoningBeats(output: Of<"reasoning">, at: object, emit: Emit): Generator<Beat> {
  if (output.summary.length === 0) return
  const place = { ...at, summary_index: 0 }
  const text = joined(output.summary)
  const event = (name: string, members: object) =>
    emit(`response.reasoning_summary_${name}`, { ...place, ...members })
  yield structure(event("part.added", { part: { type: "summary_text", text: "" } }))
  yield* deltas(output.summary, (delta) => event("text.delta", { delta }))
  yield structure(event("text.done", { text }))
  yield structure(event("part.done", { part: { type: "summary_text", text } }))
}

function* searchBeats(at: object, emit: Emit): Generator<Beat> {
  for (const state of ["in_progress", "searching", "completed"]) {
    yield structure(emit(`response.web_search_call.${state}`, at), state === "searching" ? 8 : 0)
  }
}

function* callBeats(output: Of<"call">, at: object, emit: Emit): Generator<Beat> {
  const name = "response.function_call_arguments"
  const parts = output.arguments.match(/[\s\S]{1,12}/g) ?? []
  const pieces = parts.map((text) => ({ text, tokens: 3 }))
  yield* deltas(pieces, (delta) => emit(`${name}.delta`, { ...at, delta }))
  yield structure(emit(`${name}.done`, { ...at, arguments: output.arguments }))
}

function* messageBeats(output: Of<"message">, at: object, emit: Emit): Generator<Beat> {
  const place = { ...at, content_index: 0 }
  const { said, isRefusal, citations } = output
  const part = contentOf(output)
  const empty = isRefusal
    ? { type: "refusal", refusal: "" }
    : { type: "output_text", annotations: [], logprobs: [], text: "" }
  const event = (name: string, members: object) =>
    emit(`response.${name}`, { ...place, ...members })
  yield structure(event("content_part.added", { part: empty }))
  if (isRefusal) {
    yield* deltas(said, (delta) => event("refusal.delta", { delta }))
    yield structure(event("refusal.done", { refusal: joined(said) }))
  } else {
    yield* deltas(said, (delta) => event("output_text.delta", { delta, logprobs: [] }))
    for (const [index, annotation] of citations.entries()) {
      const added = { annotation_index: index, annotation }
      yield structure(event("output_text.annotation.added", added))
    }
    yield structure(event("output_text.done", { text: joined(said), logprobs: [] }))
  }
  yield structure(event("content_part.done", { part }))
}

/** A part as it stands before anything of it is said. */
function begun(output: Output): object {
  switch (output.kind) {
    case "reasoning":
      return itemOf({ ...output, summary: [] })
    case "call":
      return itemOf({ ...output, arguments: "" }, "in_progress")
    case "message":
      return { ...itemOf(output, "in_progress"), content: [] }
    case "search":
      return itemOf(output, "in_progress")
  }
}

/** The events between the beginning and the end of a response, part by part. */
export function* outputBeats(outputs: Output[], isCut: boolean, emit: Emit): Generator<Beat> {
  for (const [index, output] of outputs.entries()) {
    const place = { output_index: index }
    const at = { item_id: output.id, ...place }
    const hiddenTokens = output.kind === "reasoning" ? output.hiddenTokens : 0
    const added = emit("response.output_item.added", { ...place, item: begun(output) })
    yield structure(added, hiddenTokens)
    if (output.kind === "reasoning") yield* reasoningBeats(output, at, emit)
    else if (output.kind === "search") yield* searchBeats(at, emit)
    else if (output.kind === "call") yield* callBeats(output, at, emit)
    else yield* messageBeats(output, at, emit)
    const isLast = index === outputs.length - 1
    const item = itemOf(output, isCut && isLast ? "incomplete" : "completed")
    yield structure(emit("response.output_item.done", { ...place, item }))
  }
}
