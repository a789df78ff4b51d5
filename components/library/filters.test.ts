import { expect, test } from "@playwright/test"
import { filesPath, noFilters, readFilters, sinceOf, writeFilters } from "./filters"

test("filters are read from an address as they were written to it", () => {
  const filters = {
    kind: "image",
    model: "flux/schnell",
    source: "generated",
    date: "week",
    q: "red & blue",
  } as const
  const written = writeFilters(filters)
  expect(readFilters(new URLSearchParams(written))).toEqual(filters)
  expect(writeFilters(noFilters)).toBe("")
})

test("what an address says that nobody knows is left out", () => {
  const params = new URLSearchParams("kind=spell&source=theft&date=never&other=1")
  expect(readFilters(params)).toEqual(noFilters)
})

test("today begins at the reader's midnight, a week is seven times 24 hours", () => {
  const now = new Date(2026, 2, 10, 15, 30)
  expect(sinceOf("today", now)).toEqual(new Date(2026, 2, 10))
  expect(sinceOf("week", now)?.getTime()).toBe(now.getTime() - 7 * 86_400_000)
  expect(sinceOf(null, now)).toBeUndefined()
})

test("files are asked for with what is filtered by and nothing else", () => {
  expect(filesPath({ ...noFilters, kind: "mesh", q: "vase" }, "1_abc")).toBe(
    "/api/files?kind=mesh&q=vase&cursor=1_abc",
  )
  expect(filesPath({ ...noFilters, date: "month" })).toMatch(/^\/api\/files\?since=20/)
})
