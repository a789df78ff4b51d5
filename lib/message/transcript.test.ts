import { expect, test } from "@playwright/test"
import { clock, transcriptIn, transcriptText } from "./transcript"

const lines = [
  { start: 0.4, end: 2, speaker: "Speaker 1", text: "Good evening." },
  { start: 3_727.9, end: 3_730, speaker: null, text: "And good night." },
]

test("lines are read from the part that has them, and from no other", () => {
  expect(transcriptIn({ type: "data", label: "Transcript", value: lines })).toEqual(lines)
  expect(transcriptIn({ type: "data", label: "Times", value: lines })).toBeNull()
  expect(transcriptIn({ type: "data", label: "Transcript", value: [] })).toBeNull()
  expect(transcriptIn({ type: "data", label: "Transcript", value: [{ text: "a" }] })).toBeNull()
  expect(transcriptIn({ type: "text", text: "Transcript" })).toBeNull()
})

test("times are written as players write them", () => {
  expect([0, 9.9, 61, 3_727].map(clock)).toEqual(["0:00", "0:09", "1:01", "1:02:07"])
  expect(transcriptText(lines)).toBe("[0:00] Speaker 1: Good evening.\n[1:02:07] And good night.")
})
