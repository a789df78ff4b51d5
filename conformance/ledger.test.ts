import { expect, test } from "@playwright/test"
import { startSimulator } from "../simulator/server"
import { everyProtocol } from "./every-protocol"

test("one request through each protocol: result, units, dollars and ids, and the books agree to the last digit", {
  tag: "@whole",
}, async () => {
  test.setTimeout(120_000)
  const simulator = await startSimulator()
  const hurry = [
    { match: "", name: "speed", tokensPerSecond: 1_000_000, delayMs: 0 },
    { match: "", name: "job", queueMs: 0, generatingMs: 100 },
  ]
  for (const rule of hurry) {
    await fetch(`${simulator.url}/_simulator/scenarios`, {
      method: "POST",
      body: JSON.stringify(rule),
    })
  }
  const lines = await everyProtocol(simulator.url)
  console.table(lines)
  expect(lines.map(({ protocol }) => protocol)).toEqual(
    expect.arrayContaining([
      "openai/chat-completions",
      "openai/responses",
      "image",
      "video",
      "audio",
      "speech",
      "transcription",
      "ocr",
      "embedding",
      "openai/completions",
      "vision",
    ]),
  )
  for (const line of lines) {
    expect(line.result, line.protocol).not.toBe("")
    expect(line.counted, line.protocol).not.toBe("")
    expect(line.usd, line.protocol).toBeGreaterThan(0)
    expect(line.upstreamId, line.protocol).toBeTruthy()
  }
  // In whole credits, to avoid floating-point differences.
  const credits = lines.reduce((sum, { usd }) => sum + Math.round((usd ?? 0) * 2_000_000), 0)
  const books = await fetch(`${simulator.url}/_simulator/ledger`).then((answer) => answer.json())
  expect(credits).toBe(books.spentCredits)
  expect(new Set(lines.map(({ clientId }) => clientId)).size).toBe(lines.length)
  await simulator.close()
})
