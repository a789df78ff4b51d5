import { expect, test } from "@playwright/test"
import { groupByDate } from "./date-groups"

const at = (updatedAt: string) => ({ id: updatedAt, title: "", updatedAt, running: false })

test("days are those of the reader's time zone", () => {
  const list = [
    "2026-03-10T01:00:00Z",
    "2026-03-09T20:00:00Z",
    "2026-03-04T12:00:00Z",
    "2026-01-31T12:00:00Z",
  ]
  const now = new Date("2026-03-10T02:00:00Z")
  const labels = (zone: string) =>
    groupByDate(list.map(at), now, zone).map((group) => [group.label, group.conversations.length])
  expect(labels("UTC")).toEqual([
    ["Today", 1],
    ["Yesterday", 1],
    ["Previous 7 days", 1],
    ["January 2026", 1],
  ])
  expect(labels("America/Los_Angeles")).toEqual([
    ["Today", 2],
    ["Previous 7 days", 1],
    ["January 2026", 1],
  ])
})
