import { expect, test } from "@playwright/test"
import { vendorModels } from "./known"
import { lookUp } from "./lookup"
import { successorOf } from "./retired"

test("the program brings along a list that holds every kind, with facts that stay", async () => {
  const { models, at } = await vendorModels.snapshot()
  expect(models.length).toBeGreaterThan(500)
  expect(new Set(models.map(({ id }) => id.toLowerCase())).size).toBe(models.length)
  const kinds = Map.groupBy(models, ({ kind }) => kind)
  for (const kind of ["text", "image", "video", "audio", "speech", "transcription"] as const) {
    expect(kinds.get(kind)?.length, kind).toBeGreaterThan(4)
  }
  for (const kind of ["document", "embedding", "shape"] as const) {
    expect(kinds.get(kind)?.length, kind).toBeGreaterThan(1)
  }
  expect(models.some(({ prices }) => prices.length > 0)).toBe(false)
  expect(Number.isNaN(Date.parse(at))).toBe(false)
})

test("no retired name is offered, and most lead to one that is", async () => {
  const { models } = await vendorModels.snapshot()
  const retired = await vendorModels.retired()
  const find = (name: string) => lookUp(models, name)
  expect([...retired.keys()].filter(find)).toEqual([])
  const withSuccessor = [...retired].filter(([, { successor }]) => successor)
  expect(withSuccessor.filter(([name]) => !successorOf(name, retired, find))).toEqual([])
  expect(withSuccessor.length).toBeGreaterThan(retired.size / 2)
})
