import { expect, test } from "@playwright/test"
import type { FilePart } from "@/lib/message/message"
import type { FileSlot } from "@/lib/models/fields"
import { assignSlots, maskSlot, slotProblem, strayWords } from "./slots"

function slot(name: string, change: Partial<FileSlot> = {}): FileSlot {
  const counts = { isRequired: false, minFiles: 0, maxFiles: 1, isMain: true }
  return { name, label: name, kind: "image", alsoTakes: [], ...counts, ...change }
}

function file(fileId: string, mediaType = "image/png"): FilePart {
  return { type: "file", fileId, name: fileId, mediaType, sizeBytes: 1 }
}

const mask = slot("mask", { isMain: false, label: "Mask" })

test("files fill the main place first, unless a person said otherwise", () => {
  const files = [file("a"), file("b")]
  expect(assignSlots([mask, slot("picture")], files, {})).toEqual({ a: "picture", b: "mask" })
  expect(assignSlots([mask, slot("picture")], files, { a: "mask" })).toEqual({
    a: "mask",
    b: "picture",
  })
})

test("a place that is gone or full is not insisted on", () => {
  const wanted = { a: "gone", b: "picture", c: "picture" }
  const files = [file("a"), file("b"), file("c")]
  expect(assignSlots([slot("picture"), mask], files, wanted)).toEqual({ b: "picture", a: "mask" })
})

test("a document's place takes the picture of one when it says so", () => {
  const page = slot("page", { kind: "document", alsoTakes: ["image"] })
  expect(assignSlots([page], [file("scan")], {})).toEqual({ scan: "page" })
  expect(slotProblem([page], [file("talk", "audio/mpeg")], {})).toBe("This model takes no audio.")
})

test("what does not fit is said in words", () => {
  expect(slotProblem([slot("picture")], [file("a")], {})).toBeNull()
  expect(slotProblem([slot("picture")], [file("a"), file("b")], {})).toBe(
    "This model takes only one picture.",
  )
  expect(strayWords([slot("picture", { maxFiles: 3 })], file("d"))).toBe(
    "This model takes 3 pictures at most.",
  )
  expect(slotProblem([slot("p", { minFiles: 2, maxFiles: 4 })], [file("a")], {})).toBe(
    "This model needs 2 pictures together.",
  )
  expect(slotProblem([slot("picture", { isRequired: true })], [], {})).toBe(
    "Attach a picture first.",
  )
  expect(slotProblem([slot("p"), { ...mask, isRequired: true }], [file("a")], {})).toBe(
    "Attach a mask first.",
  )
})

test("a mask's place is known by its name, and only for pictures", () => {
  expect(maskSlot([slot("image"), mask])).toBe(mask)
  expect(maskSlot([slot("image"), slot("mask", { kind: "video" })])).toBeUndefined()
})
