import { expect, test } from "@playwright/test"
import { hashWordAt } from "./hash-word"

test("a hash at the beginning of a word is the beginning of a file's name", () => {
  expect(hashWordAt("#", 1)).toEqual({ query: "", start: 0, end: 1 })
  expect(hashWordAt("Make #gard red", 10)).toEqual({ query: "gard", start: 5, end: 10 })
  expect(hashWordAt("Make #gard red", 7)).toEqual({ query: "gard", start: 5, end: 10 })
  expect(hashWordAt("one\n#x", 6)).toEqual({ query: "x", start: 4, end: 6 })
})

test("anywhere else it is a sign like others", () => {
  expect(hashWordAt("C#", 2)).toBeNull()
  expect(hashWordAt("## Title", 2)).toBeNull()
  expect(hashWordAt("# Title", 7)).toBeNull()
  expect(hashWordAt("#done and more", 14)).toBeNull()
})
