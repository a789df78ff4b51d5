import { resolveObjectURL } from "node:buffer"
import { expect, test } from "@playwright/test"
import { AttachmentStore } from "./attachment-store"

const kept = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  },
})

function withPicture() {
  const store = new AttachmentStore("a draft")
  store.add([new File(["x"], "garden.png", { type: "image/png" })])
  const url = store.items[0]?.previewUrl ?? ""
  expect(resolveObjectURL(url)).toBeDefined()
  return { store, url }
}

test("the bytes of a picture are let go of once it was sent", () => {
  const { store, url } = withPicture()
  store.take().settle(true)
  expect([store.items, resolveObjectURL(url)]).toEqual([[], undefined])
})

test("what was not sent comes back with its picture, before what came meanwhile", () => {
  const { store, url } = withPicture()
  const { settle } = store.take()
  store.add([new File(["y"], "later.txt")])
  settle(false)
  expect(store.items.map(({ name }) => name)).toEqual(["garden.png", "later.txt"])
  expect(resolveObjectURL(url)).toBeDefined()
})

test("what is removed is let go of", () => {
  const { store, url } = withPicture()
  store.remove(store.items[0]?.key ?? "")
  expect([store.items, resolveObjectURL(url)]).toEqual([[], undefined])
})
