import { expect, test } from "@playwright/test"
import type { Part } from "./message"
import { listOf, PartBuffer } from "./part-buffer"
import { fold, type LogWord } from "./part-log"

const words: LogWord[] = [
  ["r", "Let me "],
  ["r", "think"],
  ["d", 1_200],
  ["t", ""],
  ["t", "Hel"],
  ["t", "lo 😀"],
  ["p", { type: "data", label: "x", value: 1 }],
  ["t", "and "],
  ["t", "on"],
  ["x"],
  ["t", "anew"],
]
const begun: Part[] = [{ type: "text", text: "before " }]

test("however it grew, it is what the log folds to", () => {
  for (const start of [[], begun]) {
    const growing = new PartBuffer(start)
    let folded: readonly Part[] = start
    for (const word of words) {
      growing.add(word)
      folded = fold(folded, [word])
      expect(growing.all()).toEqual(folded)
      expect(growing.length).toBe(growing.all().length)
    }
  }
})

test("from any place on it tells what a whole list would", () => {
  const growing = new PartBuffer(begun)
  for (const word of words.slice(0, 9)) growing.add(word)
  const whole = listOf(growing.all())
  for (let index = 0; index < whole.length; index++) {
    for (let chars = 0; chars <= 12; chars++) {
      expect(growing.textFrom(index, chars), `${index}.${chars}`).toBe(whole.textFrom(index, chars))
    }
  }
})
