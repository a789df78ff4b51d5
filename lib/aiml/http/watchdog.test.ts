import { expect, test } from "@playwright/test"
import { chatProperties, chunk, replay } from "../testing"

const timeouts = { firstMs: 80, idleMs: 80, totalMs: 400 }
const chat = { path: "/v1/chat/completions", properties: chatProperties }
const said = (content: string) => `data: ${JSON.stringify(chunk({ delta: { content } }))}\n\n`

/** An upstream that sends these chunks at an interval, then comments forever. */
function dripping(pieces: string[], everyMs: number, onCancel: () => void): () => Response {
  return () => {
    let timer: NodeJS.Timeout
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const rest = [...pieces]
        timer = setInterval(() => {
          controller.enqueue(new TextEncoder().encode(rest.shift() ?? ": still here\n\n"))
        }, everyMs)
      },
      cancel() {
        clearInterval(timer)
        onCancel()
      },
    })
    return new Response(stream, { headers: { "content-type": "text/event-stream" } })
  }
}

async function hear(pieces: string[], everyMs: number) {
  let isClosed = false
  const { aiml, model } = replay({
    ...chat,
    answers: [
      dripping(pieces, everyMs, () => {
        isClosed = true
      }),
    ],
  })
  let text = ""
  const request = {
    messages: [{ role: "user" as const, content: "?" }],
    maxOutputTokens: 100,
    requestId: "r",
    abortSignal: new AbortController().signal,
    timeouts,
  }
  const ended = aiml.answer(model, request, {
    word(_type, delta) {
      text += delta
    },
  })
  await expect(ended).rejects.toMatchObject({ code: "model_silent" })
  await expect.poll(() => isClosed).toBe(true)
  return text
}

test("an upstream that says nothing, or nothing but comments, is left after the time for a first word", async () => {
  expect(await hear([], 20)).toBe("")
})

test("one that falls silent is left, and what it said stands", async () => {
  expect(await hear([said("one "), said("two ")], 20)).toBe("one two ")
})

test("one that never ends is left after the time for a whole answer", async () => {
  expect(
    await hear(
      Array.from({ length: 100 }, () => said("on ")),
      20,
    ),
  ).toMatch(/^(on ){5,}$/)
})
