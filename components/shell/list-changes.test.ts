import { expect, test } from "@playwright/test"
import { touched, withFresh, without, withSummary } from "./list-changes"

const summary = (id: string, minute: number, title = id) => ({
  ...{ id, title, running: false },
  updatedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
})
const page = { conversations: [summary("b", 2), summary("a", 1)], nextCursor: null }
const ids = (list: { id: string }[]) => list.map(({ id }) => id)

test("who is spoken in comes first and keeps the title that it has", () => {
  const renamed = withSummary(page, summary("a", 1, "By hand"))
  const list = touched(renamed, "a", { title: "What the page was made with", running: true })
  expect(ids(list)).toEqual(["a", "b"])
  expect(list[0]).toMatchObject({ title: "By hand", running: true })
  expect(touched(page, "new", { title: "Hello", running: true })[0]).toMatchObject({
    title: "Hello",
  })
})

test("one that ends keeps its place; one that is not there stays away", () => {
  expect(ids(touched(page, "a", { running: false }))).toEqual(["b", "a"])
  expect(touched(page, "gone", { running: false })).toEqual(page.conversations)
})

test("news put one at its place, or below the end of the list", () => {
  expect(ids(withSummary(page, summary("c", 1.5)).conversations)).toEqual(["b", "c", "a"])
  const more = { ...page, nextCursor: "further" }
  expect(ids(withSummary(more, summary("old", 0)).conversations)).toEqual(["b", "a"])
  expect(ids(without(page, "b").conversations)).toEqual(["a"])
})

test("a list that is read anew keeps what was loaded beyond it", () => {
  const long = { conversations: [...page.conversations, summary("old", 0)], nextCursor: "x" }
  const fresh = { conversations: [summary("new", 3), summary("b", 2)], nextCursor: "y" }
  expect(withFresh(long, fresh)).toMatchObject({ nextCursor: "x" })
  expect(ids(withFresh(long, fresh).conversations)).toEqual(["new", "b", "a", "old"])
})
