import { expect, test } from "@playwright/test"
import type { Params } from "../base/json"
import type { Field } from "./fields"
import type { Price } from "./model"
import { estimate, together } from "./price"

const price = (unit: string, usd: number, more: Partial<Price> = {}): Price => ({
  ...{ unit, usd, measure: null, per: 1, when: null },
  ...more,
})
const field = (name: string, value?: string | number | boolean, choices = [""]): Field => ({
  ...{ name, label: name, isRequired: false },
  ...(value !== undefined && { default: value }),
  ...(typeof value === "boolean" || name.startsWith("is_")
    ? { type: "boolean" as const }
    : { type: "choice" as const, choices }),
})

function ask(
  prices: Price[],
  {
    params = {},
    fields = [],
    text = "",
    files = [],
  }: Partial<{
    params: Params
    fields: Field[]
    text: string
    files: Parameters<typeof estimate>[0]["files"]
  }> = {},
) {
  return estimate({ prices, params, form: { fields }, text, files })
}

const film = [
  price("second", 0.3, { when: { resolution: "720p" } }),
  price("second", 0.65, { when: { resolution: "1080p" } }),
]

test("a film costs by its seconds, at what the resolution costs", () => {
  const fields = [field("duration", "5"), field("resolution", "720p")]
  expect(ask(film, { fields })).toEqual({ usd: 1.5, isAtLeast: false, words: "5 s at 720p" })
  expect(ask(film, { fields, params: { resolution: "1080P", duration: 5 } })).toEqual({
    usd: 3.25,
    isAtLeast: false,
    words: "5 s at 1080p",
  })
})

test("while a condition is not known it is the lowest price at least, and none for what is not listed", () => {
  const fields = [field("duration", 5)]
  expect(ask(film, { fields })).toEqual({ usd: 1.5, isAtLeast: true, words: "5 s at 720p" })
  expect(ask(film, { fields, params: { resolution: "4k" } })).toBeNull()
})

test("several conditions hold together; a switch that nobody turned on is off", () => {
  const both = (resolution: string, is_loud: boolean, usd: number) =>
    price("second", usd, { when: { resolution, is_loud } })
  const prices = [both("720p", false, 0.1), both("720p", true, 0.2), both("1080p", true, 0.4)]
  const fields = [field("duration", 4), field("resolution", "720p"), field("is_loud")]
  expect(ask(prices, { fields })).toMatchObject({ usd: 0.4, words: "4 s at 720p, is loud off" })
  expect(ask(prices, { fields, params: { is_loud: true } })).toMatchObject({ usd: 0.8 })
  // The more specific condition wins when both match.
  const wide = price("second", 9, { when: { resolution: "720p" } })
  expect(ask([wide, ...prices], { fields })).toMatchObject({ usd: 0.4, isAtLeast: false })
})

test("pictures cost each, and what goes in with them is added", () => {
  const prices = [price("image", 0.1, { measure: "output" })]
  expect(ask(prices)).toEqual({ usd: 0.1, isAtLeast: false, words: "1 picture" })
  const three = { fields: [field("num_images", 1)], params: { num_images: 3 } }
  expect(ask(prices, three)).toEqual({ usd: 0.3, isAtLeast: false, words: "3 pictures" })
  const withInput = [...prices, price("image", 0.02, { measure: "input" })]
  const files = [{ mediaType: "image/png", width: 1_000, height: 500 }]
  expect(ask(withInput)).toMatchObject({ usd: 0.1, words: "1 picture" })
  expect(ask(withInput, { files })).toMatchObject({ usd: 0.12 })
  const quality = ["low", "high"].map((quality, index) =>
    price("image", 0.01 + index, { when: { quality } }),
  )
  expect(ask(quality, { params: { quality: "high", n: 2 } })).toMatchObject({
    usd: 2.02,
    words: "2 pictures at high",
  })
})

test("megapixels are counted from the size that is asked for, or from what goes in", () => {
  const prices = [price("output_megapixel", 0.01)]
  expect(ask(prices, { params: { size: "2000x1000" } })).toMatchObject({ usd: 0.02 })
  expect(
    ask(prices, { params: { image_size: { width: 1_000, height: 500 }, n: 2 } }),
  ).toMatchObject({ usd: 0.01, words: "1 megapixels" })
  expect(ask(prices, { fields: [field("image_size", "square")] })).toMatchObject({
    usd: 0.00262144,
  })
  expect(ask(prices, { params: { aspect_ratio: "1:1" } })).toBeNull()
  const files = [{ mediaType: "image/png", width: 1_000, height: 500 }]
  const input = [price("megapixel", 0.01, { measure: "input" })]
  expect(ask(input, { files })).toMatchObject({ usd: 0.005 })
})

test("speech costs by its letters, listening by the minutes, reading by the pages", () => {
  const spoken = [price("character", 15, { measure: "input", per: 1_000_000 })]
  expect(ask(spoken)).toBeNull()
  expect(ask(spoken, { text: "a".repeat(2_000) })).toEqual({
    usd: 0.03,
    isAtLeast: false,
    words: "2,000 characters",
  })
  const heard = [price("minute", 0.006, { measure: "input" })]
  expect(ask(heard, { files: [{ mediaType: "audio/wav", durationMs: 90_000 }] })).toMatchObject({
    usd: 0.009,
    words: "90 s",
  })
  // The duration is unknown.
  expect(ask(heard, { files: [{ mediaType: "audio/ogg" }] })).toBeNull()
  const read = [price("page", 1, { measure: "input", per: 1_000 })]
  expect(ask(read)).toBeNull()
  expect(ask(read, { files: [{ mediaType: "image/png" }] })).toMatchObject({ usd: 0.001 })
  expect(ask(read, { files: [{ mediaType: "application/pdf" }] })).toEqual({
    usd: 0.001,
    isAtLeast: true,
    words: "each page",
  })
})

test("music costs by the piece or by its length", () => {
  expect(ask([price("generation", 0.15, { measure: "output" })])).toMatchObject({
    usd: 0.15,
    words: "1 generation",
  })
  const long = { fields: [field("music_length_ms", 10_000)] }
  expect(ask([price("second", 0.01, { measure: "output" })], long)).toMatchObject({ usd: 0.1 })
  expect(ask([price("second", 0.01, { measure: "output" })])).toBeNull()
})

test("nobody knows the tokens of an answer; beside something known they may be added", () => {
  const token = price("token", 2, { measure: "output", per: 1e6 })
  expect(ask([])).toBeNull()
  expect(ask([token])).toBeNull()
  expect(ask([token, price("image", 0.04)])).toMatchObject({ usd: 0.04, isAtLeast: true })
  expect(ask([price("image", 0.01, { when: { measure: "cached_input" } })])).toBeNull()
})

test("several models asked the same cost together", () => {
  const one = ask([price("image", 0.1)])
  expect(together([one, one])).toEqual({
    usd: 0.2,
    isAtLeast: false,
    words: "1 picture + 1 picture",
  })
  expect(together([one, null])).toMatchObject({ usd: 0.1, isAtLeast: true })
  expect(together([null])).toBeNull()
})
