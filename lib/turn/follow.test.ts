import { expect, test } from "@playwright/test"
import type { Part } from "../message/message"
import { applyChunk } from "../message/parts"
import { newChunks } from "./follow"
import { LocalRun } from "./local-run"
import { createWakeup } from "./wakeup"

test("whenever a reader looks, what it has been sent adds up to the whole, without gap or repeat", () => {
  const run = new LocalRun("a")
  const words = ["Hm", "m. ", "So", " 😀".slice(0, 2), " 😀".slice(2), "\u0000 done", "", " end"]
  // Readers that look after every word, after every third, and only at the end.
  const readers = [1, 3, 99].map((every) => ({
    every,
    sent: { part: -1, chars: 0 },
    seen: [] as readonly Part[],
  }))
  const look = () => {
    for (const reader of readers) {
      for (const chunk of newChunks(reader.sent, run.list))
        reader.seen = applyChunk(reader.seen, chunk)
    }
  }
  words.forEach((word, index) => {
    run.append(index < 2 ? "reasoning" : "text", word)
    for (const reader of readers.filter((reader) => index % reader.every === 0)) {
      for (const chunk of newChunks(reader.sent, run.list))
        reader.seen = applyChunk(reader.seen, chunk)
    }
  })
  look()
  expect(run.parts.map((part) => "text" in part && part.text)).toEqual(["Hmm. ", "So 😀 done end"])
  // How long it thought comes with the end of a part only.
  const said = (part: Part) => ({ type: part.type, text: "text" in part && part.text })
  for (const { seen } of readers) {
    expect(seen.map(said)).toEqual(run.parts.map(said))
  }
})

test("a follower is told of each change and of the end, until it leaves", () => {
  const run = new LocalRun("a")
  let told = 0
  const leave = run.watch(() => {
    told += 1
  })
  run.append("text", "a")
  run.append("text", "b")
  expect(told).toBe(2)
  leave()
  run.append("text", "c")
  expect(told).toBe(2)
})

test("a notification that came while nobody waited wakes the next waiter, once", async () => {
  const wakeup = createWakeup()
  wakeup.notify()
  wakeup.notify()
  await wakeup.wait()
  let isHeard = false
  const waiting = wakeup.wait().then(() => {
    isHeard = true
  })
  await Promise.resolve()
  expect(isHeard).toBe(false)
  wakeup.notify()
  await waiting
})
