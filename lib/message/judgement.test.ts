import { expect, test } from "@playwright/test"
import {
  categoryName,
  judgementPart,
  piecesOf,
  refusal,
  unjudged,
  withoutRefused,
  wordsIn,
} from "./judgement"
import type { Part } from "./message"

const guard = "meta-llama/Meta-Llama-Guard-3-8B"
const unsafe = { model: guard, isSafe: false, categories: ["S1"], costUsd: null }

test("each generation of guards numbers its categories in its own way", () => {
  expect(categoryName("S1", guard)).toBe("Violent crimes")
  expect(categoryName("s9", guard)).toBe("Indiscriminate weapons")
  expect(categoryName("S14", guard)).toBe("Code interpreter abuse")
  expect(categoryName("S11", "meta-llama/LlamaGuard-2-8b")).toBe("Sexual content")
  expect(categoryName("04", "meta-llama/LlamaGuard-2-8b")).toBe("Guns and illegal weapons")
  expect(categoryName("O6", guard)).toBe("Suicide and self-harm")
  for (const code of ["S0", "S15", "07", "X1", "", "constructor"]) {
    expect(categoryName(code, guard), code).toBeNull()
  }
})

test("a refusal says why, as far as that is known", () => {
  expect(refusal(unsafe, "question").message).toBe(
    "This question was not sent: it falls under “Violent crimes” by this installation's rules. Your text is kept; change it and try again.",
  )
  const several = { ...unsafe, categories: ["S1", "S10", "S99", "S1"] }
  expect(refusal(several, "result").message).toContain("under “Violent crimes” and “Hate” by")
  expect(refusal({ ...unsafe, categories: [] }, "question").message).toContain(
    "it is against this installation's rules.",
  )
})

const user = (text: string) => ({ role: "user" as const, parts: [{ type: "text", text } as Part] })
const answer = (...parts: Part[]) => ({ role: "assistant" as const, parts })
const words: Part = { type: "text", text: "Here it is." }

test("a refused question is told to no model later; one with a refused result is", () => {
  const path = [
    user("bad"),
    answer(judgementPart(unsafe, "question")),
    user("draw"),
    answer(judgementPart(unsafe, "result")),
    user("go on"),
  ]
  expect(withoutRefused(path)).toEqual(path.slice(2))
})

test("what was never answered is judged with the next question", () => {
  const path = [
    user("answered"),
    answer(words),
    user("refused"),
    answer(judgementPart(unsafe, "question")),
    user("stopped at once"),
    answer(),
    user("failed"),
    answer({ type: "text", text: "" }),
    user("go on"),
  ]
  const judged = unjudged(path).map(({ parts }) => parts)
  expect(judged).toEqual(
    [user("stopped at once"), user("failed"), user("go on")].map((m) => m.parts),
  )
})

test("settings that say something are judged too, those that choose are not", () => {
  const params = {
    lyrics: "La la la",
    size: "1024x1024",
    $slots: { a: "image" },
    n: 2,
    scenes: [{ prompt: "a dark night" }, null],
  }
  expect(wordsIn(params)).toEqual(["La la la", "a dark night"])
})

test("a long text is read in pieces that overlap, to its end", () => {
  expect(piecesOf("")).toEqual([""])
  expect(piecesOf("short")).toEqual(["short"])
  const text = Array.from({ length: 4_000 }, (_, index) => `w${index}`).join(" ")
  const pieces = piecesOf(text)
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces.reduce((joined, piece) => joined + piece.slice(500))).toBe(text)
})
