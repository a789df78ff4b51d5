import { expect, test } from "@playwright/test"
import { readVerdict } from "./verdict"

test("a verdict is safe or unsafe with the rules that were broken", () => {
  expect(readVerdict("safe")).toEqual({ isSafe: true, categories: [] })
  expect(readVerdict("\n\nSafe\n")).toEqual({ isSafe: true, categories: [] })
  expect(readVerdict("unsafe\nS9")).toEqual({ isSafe: false, categories: ["S9"] })
  expect(readVerdict("unsafe \n 04")).toEqual({ isSafe: false, categories: ["04"] })
  expect(readVerdict("unsafe\nS1,S10")).toEqual({ isSafe: false, categories: ["S1", "S10"] })
})

test("what is neither opens no gate", () => {
  for (const answer of ["", "I cannot say.", "safe or unsafe", "unsafely said"]) {
    expect(readVerdict(answer).isSafe, answer).toBe(false)
  }
})
