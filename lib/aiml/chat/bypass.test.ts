import { expect, test } from "@playwright/test"
import { createWords, type Word } from "../text/words"
import { bypass } from "./bypass"

const chunk = (delta: object, more: object = {}, choice: object = {}) =>
  `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta, ...choice }], ...more })}\n\n`

/** What goes around, and what is left for the SDK, of a text that comes in pieces of some size. */
async function pass(text: string, pieceBytes = 7) {
  const bytes = Buffer.from(text)
  const said: Word[] = []
  const words = createWords()
  words.listen((word) => said.push(word))
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + pieceBytes))
      at += pieceBytes
    },
  })
  const left = await new Response(bypass(body, words)).text()
  const events = left.split("\n\n").filter(Boolean)
  return { said, events, words, text: said.map(({ delta }) => delta).join("") }
}

test("each word goes around as it comes; the SDK gets them joined, whatever the pieces they came in", async () => {
  const stream =
    chunk({ role: "assistant", content: "" }) +
    Array.from({ length: 500 }, (_, index) => chunk({ content: `wörd ${index} 😀 ` })).join("") +
    chunk({}, {}, { finish_reason: "stop" }) +
    "data: [DONE]\n\n"
  for (const size of [1, 7, 64_000]) {
    const { said, events, words } = await pass(stream, size)
    expect(said).toHaveLength(500)
    expect(words.steps).toBe(1)
    expect(events).toHaveLength(4)
    const joined = JSON.parse(events[1]?.slice(6) ?? "{}").choices[0].delta.content
    expect(joined).toBe(said.map(({ delta }) => delta).join(""))
  }
})

test("thoughts and words are joined apart, in order", async () => {
  const { said, events } = await pass(
    [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: null, reasoning_content: "Let me " }),
      chunk({ content: "", reasoning: "think." }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo" }),
    ].join(""),
  )
  expect(said.map(({ type }) => type)).toEqual(["reasoning", "reasoning", "text", "text"])
  const deltas = events.map((event) => JSON.parse(event.slice(6)).choices[0].delta)
  expect(deltas.slice(1)).toEqual([{ reasoning_content: "Let me think." }, { content: "Hello" }])
})

test("what is more than words passes as it is, in its place, and is heard all the same", async () => {
  const call = { tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "{}" } }] }
  const sources = { citations: ["https://a.example"] }
  const { text, events } = await pass(
    [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "one " }),
      chunk({ content: "two " }, sources),
      chunk(call),
      ": a comment\n\n",
      "data: {broken\n\n",
      `data: ${JSON.stringify({ choices: [], usage: { total_tokens: 3 } })}\n\n`,
    ].join(""),
  )
  expect(text).toBe("one two ")
  expect(events).toHaveLength(6)
  expect(events[2]).toContain("citations")
  expect(events[3]).toContain("tool_calls")
  expect(events[4]).toBe("data: {broken")
  expect(events[5]).toContain("total_tokens")
})
