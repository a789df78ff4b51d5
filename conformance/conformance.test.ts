import { expect, test } from "@playwright/test"
import { checkOperation, type Result } from "./check"
import { readSpecs } from "./operations"
import { failures, table } from "./report"
import { startServer } from "./server"

// All documented operations with the real client, grouped by kind so that workers can run in parallel.

const shares: Readonly<Record<string, (kind: string, index: number) => boolean>> = {
  "words, the first half": (kind, index) => kind === "chat" && index % 2 === 0,
  "words, the second half": (kind, index) => kind === "chat" && index % 2 === 1,
  "words in other protocols": (kind) => /responses|messages|moderation/.test(kind),
  "pictures and shapes": (kind) => /image|3d/.test(kind),
  videos: (kind) => kind === "video",
  "sound, documents, vectors and services": (kind) =>
    /music|speech|transcription|ocr|embedding|service/.test(kind),
}

test.describe.configure({ mode: "parallel" })

for (const [name, isShared] of Object.entries(shares)) {
  test(`every documented operation is asked rightly and understood: ${name}`, {
    tag: "@whole",
  }, async () => {
    test.setTimeout(30 * 60_000)
    const all = readSpecs(null)
    const wanted = all.filter(({ kind }, index) => isShared(kind, index))
    expect(wanted.length).toBeGreaterThan(20)
    const server = await startServer()
    const results: Result[] = []
    for (const operation of wanted) results.push(await checkOperation(server, operation, all))
    await server.close()
    console.log(table(results))
    expect(failures(results)).toEqual([])
  })
}

test("no operation is left out by the shares", { tag: "@whole" }, () => {
  const all = readSpecs(null)
  const taken = all.filter(
    ({ kind }, index) =>
      Object.values(shares).filter((isShared) => isShared(kind, index)).length === 1,
  )
  expect(taken).toHaveLength(all.length)
  expect(all.length).toBeGreaterThan(250)
})
