import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { expect, test } from "@playwright/test"
import { readChatStream } from "./stream"

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const chunk = (delta: object, choice: object = {}, more: object = {}) =>
  event({ id: "1", choices: [{ index: 0, delta, ...choice }], ...more })
const stop = chunk({}, { finish_reason: "stop" })

/** The parts that a stream is read as which comes in pieces of some size. */
async function read(text: string, pieceBytes = 7) {
  const bytes = Buffer.from(text)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + pieceBytes))
      at += pieceBytes
    },
  })
  const parts: LanguageModelV4StreamPart[] = await Array.fromAsync(readChatStream(body))
  const ofType = <Type extends LanguageModelV4StreamPart["type"]>(type: Type) =>
    parts.filter((part): part is Extract<typeof part, { type: Type }> => part.type === type)
  const text_ = ofType("text-delta").map(({ delta }) => delta)
  return { parts, ofType, words: text_, text: text_.join(""), finish: ofType("finish")[0] }
}

test("each word is a part as it comes, whatever pieces the bytes came in", async () => {
  const stream =
    chunk({ role: "assistant", content: "" }) +
    Array.from({ length: 500 }, (_, index) => chunk({ content: `wörd ${index} 😀 ` })).join("") +
    stop +
    "data: [DONE]\n\n"
  for (const size of [1, 7, 64_000]) {
    const { words, ofType, finish } = await read(stream, size)
    expect(words).toHaveLength(500)
    expect(words[499]).toBe("wörd 499 😀 ")
    expect(ofType("raw").length).toBeLessThan(4)
    expect(finish?.finishReason).toEqual({ unified: "stop", raw: "stop" })
  }
})

test("thoughts under any of their names are reasoning, in order with the words", async () => {
  const { parts } = await read(
    chunk({ content: null, reasoning_content: "Let me " }) +
      chunk({ content: "", reasoning: "think." }) +
      chunk({ reasoning_details: [{ text: " Hm." }] }) +
      chunk({ content: "Hello" }) +
      stop,
  )
  const spoken = parts.flatMap((part) => ("delta" in part ? [[part.type, part.delta]] : []))
  expect(spoken).toEqual([
    ["reasoning-delta", "Let me "],
    ["reasoning-delta", "think."],
    ["reasoning-delta", " Hm."],
    ["text-delta", "Hello"],
  ])
})

test("calls come in pieces, several at once, with the same place or none, with arguments as an object", async () => {
  const call = (piece: object) => chunk({ tool_calls: [piece] })
  const calls = async (...pieces: string[]) => {
    const { ofType } = await read(pieces.join("") + chunk({}, { finish_reason: "tool_calls" }))
    return ofType("tool-call").map(({ toolCallId, toolName, input }) => [
      toolCallId,
      toolName,
      input,
    ])
  }
  expect(
    await calls(
      call({ index: 0, id: "a", function: { name: "now", arguments: "" } }),
      call({ index: 1, id: "b", function: { name: "sum", arguments: '{"x":' } }),
      call({ index: 0, function: { arguments: "{}" } }),
      call({ index: 1, function: { arguments: "1}" } }),
    ),
  ).toEqual([
    ["a", "now", "{}"],
    ["b", "sum", '{"x":1}'],
  ])
  expect(
    await calls(
      call({ index: 0, id: "a", function: { name: "now", arguments: "{}" } }),
      call({ index: 0, id: "b", function: { name: "sum", arguments: { x: 1 } } }),
    ),
  ).toEqual([
    ["a", "now", "{}"],
    ["b", "sum", '{"x":1}'],
  ])
  expect(
    await calls(
      call({ id: "a", function: { name: "sum", arguments: '{"x"' } }),
      call({ function: { arguments: ":2}" } }),
    ),
  ).toEqual([["a", "sum", '{"x":2}']])
})

test("a seal on a call is kept with it", async () => {
  const extra_content = { google: { thought_signature: "sealed" } }
  const { ofType } = await read(
    chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "now" }, extra_content }] }) +
      chunk({}, { finish_reason: "tool_calls" }),
  )
  expect(ofType("tool-call")[0]?.providerMetadata).toEqual({ chat: { extra_content } })
})

test("usage and dollars may come in a chunk of their own, a figure that is missing is unknown", async () => {
  const { finish, ofType } = await read(
    chunk({ content: "Hi" }) +
      stop +
      event({ usage: { input_tokens: 5, completion_tokens: null }, meta: { usage: {} } }),
  )
  expect(finish?.usage.inputTokens.total).toBe(5)
  expect(finish?.usage.outputTokens.total).toBeUndefined()
  expect(ofType("raw").at(-1)?.rawValue).toMatchObject({ usage: { input_tokens: 5 } })
})

test("what is cut has no word for its end, in the middle of an event too", async () => {
  for (const cut of [chunk({ content: "Hello" }), `${chunk({ content: "Hello" })}data: {"cho`]) {
    const { text, finish, ofType } = await read(cut)
    expect(text).toBe("Hello")
    expect(ofType("error")).toEqual([])
    expect(finish?.finishReason).toEqual({ unified: "other", raw: undefined })
  }
})

test("events may break over lines, lack their last blank line, and stand between comments", async () => {
  const pretty = JSON.stringify({ choices: [{ delta: { content: "one" } }] }, null, 1)
  const lines = pretty.split("\n").map((line) => `data: ${line}\r\n`)
  const stream = `: hello\r\n\r\n${lines.join("")}\r\nevent: ping\ndata:\n\n${stop.trimEnd()}`
  const { text, finish } = await read(stream)
  expect(text).toBe("one")
  expect(finish?.finishReason.unified).toBe("stop")
})

test("an error ends the stream with its own words; nonsense and floods end it too", async () => {
  const failed = await read(
    chunk({ content: "a" }) + event({ error: { message: "no", code: 500 } }),
  )
  expect(failed.parts.at(-1)).toEqual({ type: "error", error: { message: "no", code: 500 } })
  for (const garbage of ["data: {nonsense\n\n", event({ hello: 1 }), event([])]) {
    expect((await read(`${garbage}${stop}`)).parts.at(-1)?.type).toBe("error")
  }
  const flood = read(`data: ${"x".repeat(2_100_000)}`, 60_000)
  await expect(flood).rejects.toMatchObject({ code: "model_flooded" })
})

test("of several choices the first is read, and nothing after its end", async () => {
  const { text } = await read(
    event({ choices: [{ index: 1, delta: { content: "no" } }] }) +
      chunk({ content: "yes" }) +
      stop +
      chunk({ content: " no" }),
  )
  expect(text).toBe("yes")
})
