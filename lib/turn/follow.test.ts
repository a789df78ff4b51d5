import { expect, test } from "@playwright/test"
import type { Part } from "../message"
import { applyChunk } from "../parts"
import { newChunks } from "./follow"
import { LiveRun } from "./live-run"

test("whenever a reader looks, what it has been sent adds up to the whole, without gap or repeat", () => {
  const run = new LiveRun("a")
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

test("a follower is woken by a change, by the end, and by its own leaving", async () => {
  const run = new LiveRun("a")
  const here = new AbortController()
  const changed = run.changed(here.signal)
  run.append("text", "a")
  await changed
  const left = run.changed(here.signal)
  here.abort()
  await left
  await run.changed(here.signal)
})
