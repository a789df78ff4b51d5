import { expect, test } from "@playwright/test"
import { parseEntry } from "../aiml/catalogue/entry"
import type { Field, ModelForm } from "../models/fields"
import type { Model } from "../models/model"
import { aMinute, usdFor } from "./price"
import { wishes } from "./transcribe"
import { inOrder, needsNobody } from "./voice-models"

const price = { measure: "input" as const, per: 1, when: null }

function model(id: string, type: string, prices: Model["prices"]): Model {
  const parsed = parseEntry({ id, type })
  if (!parsed) throw new Error("no id")
  return { ...parsed, prices }
}

test("what a minute costs is told in whatever unit a price has", () => {
  const cost = (...prices: Model["prices"]) => usdFor({ prices }, aMinute)
  expect(cost({ ...price, unit: "second", usd: 0.001 })).toBeCloseTo(0.06)
  expect(cost({ ...price, unit: "character", usd: 15, per: 1_000_000 })).toBeCloseTo(0.0135)
  const output = { ...price, measure: "output" as const }
  expect(
    cost({ ...price, unit: "token", usd: 1, per: 250 }, { ...output, unit: "token", usd: 0.01 }),
  ).toBeCloseTo(3.5)
  const when = { quality: "high" }
  expect(
    cost({ ...price, unit: "minute", usd: 2 }, { ...price, unit: "minute", usd: 1, when }),
  ).toBe(2)
  expect(cost()).toBeNull()
  expect(cost({ ...price, unit: "parsec", usd: 1 })).toBeNull()
})

test("the cheapest is asked first, and voices of one language after all others", () => {
  const speech = "internal/text-to-speech"
  const perCharacter = (usd: number) => [{ ...price, unit: "character", usd, per: 1_000 }]
  const models = [
    model("m/unpriced", speech, []),
    model("m/voice-es", speech, perCharacter(1)),
    model("m/dear", speech, perCharacter(9)),
    model("m/hears", "internal/speech-to-text/submit", perCharacter(1)),
    model("m/fair", speech, perCharacter(2)),
  ]
  const order = (kind: "speech" | "transcription") => inOrder(models, kind).map(({ id }) => id)
  expect(order("speech")).toEqual(["m/fair", "m/dear", "m/unpriced", "m/voice-es"])
  expect(order("transcription")).toEqual(["m/hears"])
})

const field = (name: string, shape: object, isRequired = false) =>
  ({ name, label: name, isRequired, ...shape }) as Field // every shape below is a valid Field

function form(fields: Field[], kind?: "audio" | "image"): ModelForm {
  const counts = { isRequired: true, minFiles: 1, maxFiles: 1, isMain: true, alsoTakes: [] }
  const files = kind ? [{ name: kind, label: kind, kind, ...counts }] : []
  const text = kind ? null : { label: "Text", isRequired: true, maxChars: null }
  return { text, files, fields, shown: 0, gaps: [] }
}

test("a model that must be told something else is not asked", () => {
  const voice = field("voice", { type: "choice", choices: ["a"] }, true)
  const name = field("name", { type: "text", isLong: false }, true)
  expect(needsNobody(form([voice]), "speech")).toBe(true)
  expect(needsNobody(form([name]), "speech")).toBe(false)
  expect(needsNobody(form([{ ...name, default: "x" }]), "speech")).toBe(true)
  expect(needsNobody(form([], "audio"), "speech")).toBe(false)
  expect(needsNobody(form([], "audio"), "transcription")).toBe(true)
  expect(needsNobody(form([], "image"), "transcription")).toBe(false)
})

test("sentences in any language are wished for where a model can be told so", () => {
  const fields = [
    field("punctuate", { type: "boolean" }),
    field("diarize", { type: "boolean" }),
    field("smart_format", { type: "text", isLong: false }),
    field("detect_language", {
      type: "union",
      options: [field("", { type: "json" }), field("", { type: "boolean" })],
    }),
  ]
  expect(wishes({ fields })).toEqual({ punctuate: true, detect_language: true })
})
