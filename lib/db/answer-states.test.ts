import { expect } from "@playwright/test"
import { newId } from "../base/id"
import { noFacts } from "../message/no-facts"
import {
  type Answer,
  applyGenerations,
  dropRun,
  endAnswer,
  giveUpAnswer,
  listLiving,
  listLostRuns,
  retakeAnswer,
} from "./answer-states"
import { db } from "./client"
import { createGeneration, endGeneration } from "./generation-states"
import { findMessage } from "./messages"
import { appendEvents } from "./runs"
import { beginAnswer, test } from "./testing"
import type { BegunTurn } from "./turns"

const whole: Answer = {
  ...{ parts: [{ type: "text", text: "Because." }], status: "complete", error: null },
  ...{ ...noFacts, costUsd: 0.25, totalMs: 12, finishReason: "stop" },
}

/** A living writer, and one whose last heartbeat is long ago. */
const alive = () => `host:1:${newId()}`
const silence = (owner: string) =>
  db().$executeRaw`
    UPDATE "RunOwner" SET "heartbeatAt" = now() - interval '1 minute' WHERE "id" = ${owner}`

const log = (owner: string, id: string, text: string) =>
  appendEvents(
    owner,
    [id],
    [{ messageId: id, seq: 0, words: JSON.stringify([["t", text]]) }],
    false,
  )

async function read({ user, id }: Pick<BegunTurn, "user"> & { id: string }) {
  const { conversationId } = await db().message.findUniqueOrThrow({ where: { id } })
  const message = await findMessage(user, conversationId, id)
  return {
    status: message?.status,
    text: message?.parts.map((part) => ("text" in part ? part.text : part.type)).join(" "),
    costUsd: message?.costUsd,
    isWritten: (await db().run.count({ where: { messageId: id } })) > 0,
  }
}

const nobody = { goneOwners: [] }

test("a writer ends its answer once: facts, words and all; what comes later changes nothing", async () => {
  const answer = await beginAnswer(alive())
  expect(await read(answer)).toMatchObject({ status: "running", isWritten: true })
  await endAnswer(answer.id, whole)
  const ended = { status: "complete", text: "Because.", costUsd: 0.25, isWritten: false }
  expect(await read(answer)).toEqual(ended)
  await endAnswer(answer.id, { ...whole, status: "failed", parts: [] })
  expect(await giveUpAnswer(answer.id, nobody)).toBe(false)
  expect(await retakeAnswer(alive(), answer.id)).toBe(false)
  await dropRun(answer.id)
  expect(await read(answer)).toEqual(ended)
})

test("of ten that end it at once the first wins, and nothing of the others is mixed in", async () => {
  const answer = await beginAnswer(alive())
  const ends = Array.from({ length: 10 }, (_, number) =>
    endAnswer(answer.id, {
      ...whole,
      costUsd: number,
      parts: [{ type: "text", text: `${number}` }],
    }),
  )
  await Promise.all(ends)
  const { text, costUsd, status } = await read(answer)
  expect(status).toBe("complete")
  expect(text).toBe(`${costUsd}`)
})

test("an answer is given up once its writer is silent or known to be gone, with what its log holds", async () => {
  const owner = alive()
  const answer = await beginAnswer(owner)
  await log(owner, answer.id, "Be")
  expect(await giveUpAnswer(answer.id, nobody)).toBe(false)
  expect(await giveUpAnswer(answer.id, { goneOwners: [owner] })).toBe(true)
  expect(await giveUpAnswer(answer.id, { goneOwners: [owner] })).toBe(false)
  expect(await read(answer)).toMatchObject({ status: "interrupted", text: "Be", isWritten: false })

  const silent = alive()
  const other = await beginAnswer(silent)
  await silence(silent)
  expect((await listLostRuns(nobody)).map(({ messageId }) => messageId)).toContain(other.id)
  expect(await listLiving([other.id])).toEqual(new Map([[other.id, false]]))
  const many = await Promise.all(Array.from({ length: 6 }, () => giveUpAnswer(other.id, nobody)))
  expect(many.filter(Boolean)).toHaveLength(1)
})

test("a run under a writer's own name that it does not know is given up after a while, and at once if need be", async () => {
  const owner = alive()
  const answer = await beginAnswer(owner)
  const self = { owner, runIds: [answer.id], afterSeconds: 0 }
  expect(await giveUpAnswer(answer.id, { goneOwners: [], self })).toBe(false)
  const unknown = { owner, runIds: [], afterSeconds: 15 }
  expect(await giveUpAnswer(answer.id, { goneOwners: [], self: unknown })).toBe(false)
  const lost = { goneOwners: [], self: { ...unknown, afterSeconds: 0 } }
  expect(await giveUpAnswer(answer.id, lost)).toBe(true)
})

test("one given up by mistake is taken back by its writer and ends as it should", async () => {
  const owner = alive()
  const answer = await beginAnswer(owner)
  await giveUpAnswer(answer.id, { goneOwners: [owner] })
  expect(await retakeAnswer(owner, answer.id)).toBe(true)
  expect(await retakeAnswer(owner, answer.id)).toBe(false)
  expect(await read(answer)).toMatchObject({ status: "running", isWritten: true })
  await giveUpAnswer(answer.id, { goneOwners: [owner] })
  // Its writer comes with the end before it has heard of that.
  await endAnswer(answer.id, whole)
  expect(await read(answer)).toMatchObject({ status: "complete", text: "Because." })
})

test("one whose log cannot be read into it ends as it is", async () => {
  const answer = await beginAnswer(alive())
  await dropRun(answer.id)
  expect(await read(answer)).toMatchObject({ status: "interrupted", isWritten: false })
})

test("an answer that is a generation outlives its writer and ends as the generation does", async () => {
  const owner = alive()
  const answer = await beginAnswer(owner)
  const { conversationId } = await db().message.findUniqueOrThrow({ where: { id: answer.id } })
  const shown = { conversationId, messageId: answer.id }
  const wish = {
    model: "maker/model",
    kind: "image",
    prompt: "A boat",
    inputs: [],
    params: {},
    sent: {},
  }
  const generation = await createGeneration(answer.user, owner, { id: newId(), ...wish, shown })
  await giveUpAnswer(answer.id, { goneOwners: [owner] })
  expect(await read(answer)).toMatchObject({ status: "running", isWritten: false })
  expect(await applyGenerations(answer.id)).toBeNull()
  await endGeneration(generation.id, {
    ...{ status: "complete", error: null, units: { images: 1 }, costUsd: 0.04 },
    outputs: [{ type: "text", text: "made" }],
  })
  const settled = await Promise.all([1, 2, 3].map(() => applyGenerations(answer.id)))
  expect(settled.filter((id) => id !== null)).toEqual([conversationId])
  expect(await read(answer)).toMatchObject({
    ...{ status: "complete", text: "generation made", costUsd: 0.04 },
  })
})
