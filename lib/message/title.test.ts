import { expect, test } from "@playwright/test"
import { cutTitle, titleFrom } from "./title"

test("the first line with text is the title, without its markup", () => {
  expect(titleFrom("\n\n## **Why** is the sky blue?\nPlease be brief.")).toBe(
    "Why is the sky blue?",
  )
  expect(titleFrom("- use `user_id_map` and 2*3*4")).toBe("use user_id_map and 2*3*4")
  expect(titleFrom("   ")).toBe("New chat")
})

test("a long title is cut at a word and never inside a grapheme", () => {
  const family = "👩‍👩‍👧‍👦"
  expect(cutTitle(family.repeat(200))).toBe(`${family.repeat(79)}…`)
  const words = titleFrom(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
  )
  expect(words).toMatch(/^one two .* thirteen…$/)
})

test("control characters do not reach a title", () => {
  expect(cutTitle("a\u0000b\nc")).toBe("a b c")
})
