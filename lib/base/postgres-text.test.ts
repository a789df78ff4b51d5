import { expect, test } from "@playwright/test"
import { splitOpenSurrogate, toStorable } from "./postgres-text"

test("NUL is removed and lone surrogates are replaced, at any depth", () => {
  expect(toStorable("a\u0000b")).toBe("ab")
  expect(toStorable("x\uD83D")).toBe("x\uFFFD")
  expect(toStorable({ "k\u0000": [{ deep: "\u0000🙂" }], n: 1, none: null })).toEqual({
    k: [{ deep: "🙂" }],
    n: 1,
    none: null,
  })
})

test("a trailing high surrogate is held back until its other half comes", () => {
  const [whole, open] = splitOpenSurrogate("a\uD83D")
  expect([whole, `${open}\uDE00`]).toEqual(["a", "😀"])
  expect(splitOpenSurrogate("a😀")).toEqual(["a😀", ""])
})
