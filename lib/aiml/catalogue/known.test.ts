import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
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

test("no model and no maker stands in code: they are data", async () => {
  const { models } = await vendorModels.snapshot()
  const retired = await vendorModels.retired()
  const ids = [...models.flatMap(({ id, aliases }) => [id, ...aliases]), ...retired.keys()]
  const lowered = new Set(ids.map((id) => id.toLowerCase()))
  // Some makers are called like words of everyday use, but for the capital.
  const makers = new Set(models.map(({ maker }) => maker))
  const root = resolve(import.meta.dirname, "../../..")
  const written = ["lib", "app", "components"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^lib\/(simulator|db\/gen)/.test(name))
      .flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(/(["'`])([^"'`\n]+)\1/g)]
          .map(([, , text = ""]) => text)
          .filter((text) => lowered.has(text.toLowerCase()) || makers.has(text))
          .map((text) => `${file}: ${text}`),
      ),
  )
  expect(written).toEqual([])
})
