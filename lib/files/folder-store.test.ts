import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { createFolderStore } from "./folder-store"
import type { Store, Stored } from "./store"

const folderOf = () => test.info().outputPath("files")
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(store: Store, ...place: Parameters<Store["open"]>): Promise<Buffer> {
  return Buffer.from(await new Response(await store.open(...place)).arrayBuffer())
}

test("bytes lie under their hash once they are kept, and not before", async () => {
  const store = createFolderStore(folderOf())
  const bytes = randomBytes(700_001)
  const put = await store.put(inPieces(bytes, 10_000), bytes.length)
  expect(put).toMatchObject({ sha256: hashOf(bytes), sizeBytes: bytes.length })
  expect(await readFile(put.path)).toEqual(bytes)
  await expect(store.open(put.sha256)).rejects.toMatchObject({ code: "storage_unavailable" })
  await put.keep()
  await put.drop()
  expect(await readAll(store, put.sha256)).toEqual(bytes)
  const [first = "", rest = ""] = [put.sha256.slice(0, 2), put.sha256.slice(2)]
  expect(await filesIn(folderOf())).toEqual([join(folderOf(), first, rest)])
})

test("the same bytes twice are there once, and removing them removes them", async () => {
  const store = createFolderStore(folderOf())
  const puts = await Promise.all(["same", "same"].map((text) => store.put(Buffer.from(text), 10)))
  await Promise.all(puts.map((put) => put.keep()))
  expect(await filesIn(folderOf())).toHaveLength(1)
  const sha256 = puts[0]?.sha256 ?? ""
  await store.remove(sha256)
  await store.remove(sha256)
  expect(await filesIn(folderOf())).toEqual([])
})

test("a range is just that, and a reader may leave in the middle", async () => {
  const store = createFolderStore(folderOf())
  const bytes = randomBytes(600_000)
  const put = await store.put(bytes, bytes.length)
  await put.keep()
  for (const [start, end] of [
    [0, 0],
    [5, 300_000],
    [599_999, 599_999],
    [262_143, 262_144],
  ] as const) {
    const range = await readAll(store, put.sha256, { start, end })
    expect(range).toEqual(bytes.subarray(start, end + 1))
  }
  const reader = (await store.open(put.sha256)).getReader()
  await reader.read()
  await reader.cancel()
})

test("too many bytes leave nothing behind, however they come", async () => {
  const store = createFolderStore(folderOf())
  const bytes = randomBytes(1001)
  for (const source of [bytes, inPieces(bytes, 100)]) {
    await expect(store.put(source, 1000)).rejects.toMatchObject({ code: "too_large", status: 413 })
  }
  expect(await filesIn(folderOf())).toEqual([])
  expect((await store.put(bytes, 1001)).sizeBytes).toBe(1001)
})

test("a source that breaks leaves nothing behind and says itself what happened", async () => {
  const store = createFolderStore(folderOf())
  async function* broken() {
    yield randomBytes(1000)
    throw new RangeError("gone")
  }
  await expect(store.put(broken(), 5000)).rejects.toThrow(RangeError)
  expect(await filesIn(folderOf())).toEqual([])
})

test("a disk that does not take it is told in words, and asked again the next time", async () => {
  const folder = folderOf()
  await writeFile(folder, "not a folder")
  const store = createFolderStore(join(folder, "below"))
  const refusal = { code: "storage_unavailable", cause: "ENOTDIR" }
  await expect(store.put(Buffer.from("x"), 10)).rejects.toMatchObject(refusal)
  const later = createFolderStore(`${folder}-later`)
  await writeFile(`${folder}-later`, "in the way")
  await expect(later.put(Buffer.from("x"), 10)).rejects.toMatchObject({
    code: "storage_unavailable",
  })
  await rm(`${folder}-later`)
  expect((await later.put(Buffer.from("x"), 10)).sizeBytes).toBe(1)
})

test("what a killed process left behind goes after a day", async () => {
  const incoming = join(folderOf(), "incoming")
  await mkdir(incoming, { recursive: true })
  for (const [name, ageHours] of [
    ["old", 25],
    ["young", 1],
  ] as const) {
    await writeFile(join(incoming, name), "half a file")
    const then = new Date(Date.now() - ageHours * 3_600_000)
    await utimes(join(incoming, name), then, then)
  }
  await (await createFolderStore(folderOf()).put(Buffer.from("x"), 10)).drop()
  expect(await readdir(incoming)).toEqual(["young"])
})

test("what is no hash leads nowhere", async () => {
  const store = createFolderStore(folderOf())
  await expect(store.open("../../../etc/passwd")).rejects.toThrow("no hash")
})

test("the list has what is kept and when it was put there, and nothing else", async () => {
  const store = createFolderStore(folderOf())
  const listed = async () => {
    const found: Stored[] = []
    for await (const page of store.list()) found.push(...page)
    return found.sort((a, b) => a.sha256.localeCompare(b.sha256))
  }
  expect(await listed()).toEqual([])
  const puts = await Promise.all(["a", "b", "c"].map((text) => store.put(Buffer.from(text), 10)))
  for (const put of puts.slice(1)) await put.keep()
  const hashes = puts.slice(1).map(({ sha256 }) => sha256)
  await writeFile(join(folderOf(), hashes[0]?.slice(0, 2) ?? "", "notes.txt"), "not ours")
  const then = new Date(Date.now() - 7_200_000)
  await utimes(join(folderOf(), `${hashes[0]?.slice(0, 2)}/${hashes[0]?.slice(2)}`), then, then)
  const found = await listed()
  expect(found.map(({ sha256 }) => sha256)).toEqual([...hashes].sort())
  const ageOf = (hash = "") =>
    Date.now() - (found.find(({ sha256 }) => sha256 === hash)?.storedAt.getTime() ?? 0)
  expect(ageOf(hashes[0])).toBeGreaterThanOrEqual(7_200_000)
  expect(ageOf(hashes[1])).toBeLessThan(60_000)
  // Storing the same bytes again renews their age.
  const again = await store.put(Buffer.from("b"), 10)
  await again.keep()
  for (const { storedAt } of await listed()) {
    expect(Date.now() - storedAt.getTime()).toBeLessThan(60_000)
  }
})

test("the first who asks for a folder has it, of many at once", async () => {
  const claims = await Promise.all(
    ["one", "two", "three", "four"].map((name) => createFolderStore(folderOf()).claim(name)),
  )
  expect(new Set(claims).size).toBe(1)
  expect(await createFolderStore(folderOf()).claim("late")).toBe(claims[0])
  expect(await readdir(join(folderOf(), "incoming"))).toEqual([])
})
