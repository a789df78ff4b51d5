import { expect, test } from "@playwright/test"
import { headBelow, pathTo, versionsByParent } from "./tree"

//  q1 ── a1 ── q2 ── a2
//     └─ a1b ─ q3
//  q1b
const messages = [
  { id: "q1", parentId: null },
  { id: "a1", parentId: "q1" },
  { id: "q2", parentId: "a1" },
  { id: "a2", parentId: "q2" },
  { id: "a1b", parentId: "q1" },
  { id: "q3", parentId: "a1b" },
  { id: "q1b", parentId: null },
]
const ids = (list: { id: string }[]) => list.map((message) => message.id)

test("a path goes from the root to the head", () => {
  expect(ids(pathTo(messages, "a2"))).toEqual(["q1", "a1", "q2", "a2"])
  expect(ids(pathTo(messages, "q3"))).toEqual(["q1", "a1b", "q3"])
  expect(pathTo(messages, null)).toEqual([])
  expect(pathTo(messages, "unknown")).toEqual([])
})

test("versions share a parent, at the root too", () => {
  const versions = versionsByParent(messages)
  expect(versions.get("q1")).toEqual(["a1", "a1b"])
  expect(versions.get(null)).toEqual(["q1", "q1b"])
  expect(versions.get("a2")).toBeUndefined()
})

test("a branch goes on at its newest leaf", () => {
  expect(headBelow(messages, "q1")).toBe("q3")
  expect(headBelow(messages, "a1")).toBe("a2")
  expect(headBelow(messages, "q1b")).toBe("q1b")
})

test("a cycle in broken data ends", () => {
  const cycle = [
    { id: "x", parentId: "y" },
    { id: "y", parentId: "x" },
  ]
  expect(ids(pathTo(cycle, "x"))).toEqual(["y", "x"])
  expect(["x", "y"]).toContain(headBelow(cycle, "x"))
})
