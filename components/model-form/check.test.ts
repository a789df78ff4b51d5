import { expect, test } from "@playwright/test"
import type { Params } from "@/lib/base/json"
import type { Field, ModelForm } from "@/lib/models/fields"
import { fits, paramsProblem } from "./check"

const name = (label: string, isRequired = false) => ({ name: label, label, isRequired })

function problem(field: Field, params: Params): string | undefined {
  const form: ModelForm = { text: null, files: [], fields: [field], shown: 1, gaps: [] }
  return paramsProblem(form, params)?.words
}

test("what is required and has neither a value nor a default is missing", () => {
  const scene: Field = { ...name("Scene", true), type: "choice", choices: ["a", "b"] }
  expect(problem(scene, {})).toBe("Choose a scene first.")
  expect(problem(scene, { Scene: "a" })).toBeUndefined()
  expect(problem({ ...scene, default: "b" }, {})).toBeUndefined()
  expect(problem({ ...scene, isRequired: false }, {})).toBeUndefined()
})

test("parts of an object count once the object does", () => {
  const inner: Field = { ...name("Amount", true), type: "number", isInteger: false, max: 2 }
  const voice: Field = { ...name("Voice"), type: "object", fields: [inner] }
  expect(problem(voice, {})).toBeUndefined()
  expect(problem({ ...voice, isRequired: true }, {})).toBe("Set an amount first.")
  expect(problem(voice, { Voice: {} })).toBe("Set an amount first.")
  expect(problem(voice, { Voice: { Amount: 3 } })).toBe("Amount: At most 2, please.")
})

test("numbers, texts and lists keep within their bounds", () => {
  const count: Field = { ...name("Count"), type: "number", isInteger: true, min: 1, max: 4 }
  expect(problem(count, { Count: 1.5 })).toBe("Count: A whole number, please.")
  expect(problem(count, { Count: 9 })).toBe("Count: From 1 to 4, please.")
  expect(problem(count, { Count: 4 })).toBeUndefined()
  const word: Field = { ...name("Word"), type: "text", isLong: false, minChars: 3 }
  expect(problem(word, { Word: "ab" })).toBe("Word: At least 3 characters, please.")
  const list: Field = { ...name("List"), type: "list", item: count, minItems: 2 }
  expect(problem(list, { List: [1] })).toBe("List: At least 2, please.")
  expect(problem(list, { List: [1, 7] })).toBe("Count: From 1 to 4, please.")
})

test("the shape of a union is known by its value", () => {
  const preset: Field = { ...name("Preset"), type: "choice", choices: ["wide"] }
  const size: Field = { ...name("Size"), type: "object", fields: [preset] }
  expect(fits(preset, "wide")).toBe(true)
  expect(fits(preset, { Preset: "wide" })).toBe(false)
  expect(fits(size, { Preset: "wide" })).toBe(true)
  expect(fits(size, { other: 1 })).toBe(false)
})
