import { expect, test } from "@playwright/test"
import { limits } from "../base/limits"
import { checkInputs, type Input } from "./inputs"

const input = (id: string, sizeBytes: number, slot?: string): Input => ({
  file: { id, name: `${id}.png`, mediaType: "image/png", sizeBytes, sha256: "" },
  ...(slot !== undefined && { slot }),
})

test("a file stands once at a place, and may stand at two", () => {
  checkInputs([input("a", 1), input("a", 1, "first"), input("a", 1, "last"), input("b", 1)])
  for (const slot of [undefined, "first"]) {
    const twenty = Array.from({ length: 20 }, () => input("a", limits.fileBytes, slot))
    expect(() => checkInputs(twenty)).toThrow(
      "“a.png” is given twice for the same place. Remove one of them.",
    )
  }
})

test("all files together are as much as one may be, and what is too much is told", () => {
  checkInputs([input("a", limits.fileBytes)])
  checkInputs([input("a", limits.inputBytes / 2), input("b", limits.inputBytes / 2)])
  const places = Array.from({ length: 20 }, (_, place) => input("a", 90_000_000, `${place}`))
  expect(() => checkInputs(places)).toThrow("these have 1800 MB")
  expect(() => checkInputs([input("a", 90_000_000), input("b", 10_000_001)])).toThrow(
    "The files for one request may have 100 MB together; these have 101 MB. “a.png” alone has 90 MB. Leave some out, or make them smaller.",
  )
})
