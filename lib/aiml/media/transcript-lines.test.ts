import { expect, test } from "@playwright/test"
import { linesOf } from "./transcript-lines"

const none = { words: [], utterances: [], seconds: null }

test("words become sentences, and another speaker begins a line", () => {
  const said = (punctuated_word: string, start: number, speaker: number) => ({
    word: punctuated_word.toLowerCase(),
    punctuated_word,
    start,
    end: start + 0.4,
    speaker,
  })
  const words = [
    said("Hello", 0.5, 0),
    said("there.", 1, 0),
    said("Who", 1.5, 0),
    said("asks?", 2, 0),
    said("I", 2.5, 1),
    said("do", 3, 1),
  ]
  expect(linesOf({ ...none, words: [words], seconds: 4 })).toEqual([
    { start: 0.5, end: 1.4, speaker: "Speaker 1", text: "Hello there." },
    { start: 1.5, end: 2.4, speaker: "Speaker 1", text: "Who asks?" },
    { start: 2.5, end: 3.4, speaker: "Speaker 2", text: "I do" },
  ])
})

test("milliseconds are told from seconds by the recording's length, or by being whole", () => {
  const words = [[{ text: "Yes.", start: 1_200, end: 1_800, speaker: "A" }]]
  const line = { start: 1.2, end: 1.8, speaker: "Speaker A", text: "Yes." }
  expect(linesOf({ ...none, words, seconds: 2 })).toEqual([line])
  expect(linesOf({ ...none, words })).toEqual([line])
  expect(linesOf({ ...none, words, seconds: 4_000 })[0]?.start).toBe(1_200)
})

test("channels are merged by time, and named where there are several", () => {
  const left = [{ text: "Over.", start: 2, end: 2.5 }]
  const right = [{ text: "Ready.", start: 0.1, end: 0.5 }]
  const lines = linesOf({ ...none, words: [left, right], seconds: 3 })
  expect(lines.map(({ speaker, text }) => [speaker, text])).toEqual([
    ["Channel 2", "Ready."],
    ["Channel 1", "Over."],
  ])
})

test("utterances serve where there are no words; Japanese needs no spaces; nonsense is passed over", () => {
  const utterances = [{ transcript: " All of it ", start: 0.2, end: 9.5, speaker: "Ada" }, null]
  expect(linesOf({ ...none, words: [[{ word: "x" }]], utterances })).toEqual([
    { start: 0.2, end: 9.5, speaker: "Ada", text: "All of it" },
  ])
  const words = ["こんにちは", "世界"].map((text, index) => ({
    text,
    start: index,
    end: index + 0.5,
  }))
  expect(linesOf({ ...none, words: [words], seconds: 2 })[0]?.text).toBe("こんにちは世界")
  expect(linesOf(none)).toEqual([])
})
