import { expect } from "@playwright/test"
import { newId } from "../base/id"
import type { Part } from "../message/message"
import { db } from "./client"
import { beginAnswer, test } from "./testing"
import { findPath, listPathFiles } from "./turns"
import type { User } from "./users"

const said = "The tide comes in twice a day. ".repeat(40)
const file: Part = {
  ...{ type: "file", fileId: newId(), name: "tides.pdf", mediaType: "application/pdf" },
  sizeBytes: 1,
}

/** A branch of so many messages, a file in the first; gives the last one's id. */
async function talk(count: number): Promise<{ user: User; id: string }> {
  const { user, id } = await beginAnswer(newId())
  const { conversationId } = await db().message.findUniqueOrThrow({ where: { id } })
  const ids = Array.from({ length: count }, newId)
  await db().message.createMany({
    data: ids.map((own, at) => ({
      id: own,
      conversationId,
      parentId: ids[at - 1] ?? null,
      role: at % 2 === 0 ? ("user" as const) : ("assistant" as const),
      parts: [...(at === 0 ? [file] : []), { type: "text", text: `${said}${at}` }],
      status: "complete" as const,
    })),
  })
  return { user, id: ids.at(-1) ?? "" }
}

test("to ask below ten thousand messages reads what it reads below a hundred", async () => {
  const few = await talk(100)
  const many = await talk(10_000)
  const [short, long] = await Promise.all([
    findPath(few.user, few.id, 60_000),
    findPath(many.user, many.id, 60_000),
  ])
  expect(long.path.length).toBeGreaterThan(30)
  expect(long.path.length).toBe(short.path.length)
  const [shortSize, longSize] = [short, long].map(({ path }) => JSON.stringify(path).length)
  expect(longSize).toBeLessThan((shortSize ?? 0) * 1.2)
  expect(long.path.at(-1)?.parts).toEqual([{ type: "text", text: `${said}9999` }])
  expect([short.hasEarlier, long.hasEarlier]).toEqual([true, true])
  // The file is above all that was read, and found all the same.
  expect(await listPathFiles(many.user, many.id)).toEqual([file])
})

test("what fits is read to its root; what cannot be read is in nobody's way", async () => {
  const { user, id } = await talk(6)
  await db().message.updateMany({
    where: {
      conversation: { userId: user.id },
      parts: { path: ["1", "text"], string_contains: "tide" },
    },
    data: { parts: "no list" },
  })
  const { path, hasEarlier } = await findPath(user, id, 1_000_000)
  expect([path.length, hasEarlier]).toEqual([6, false])
  const stranger = await talk(1)
  expect(await findPath(stranger.user, id, 1_000_000)).toEqual({ path: [], hasEarlier: false })
  expect(await listPathFiles(stranger.user, id)).toEqual([])
})
