import { expect } from "@playwright/test"
import { newId } from "../base/id"
import { db } from "./client"
import {
  beginSubmission,
  claimGeneration,
  createGeneration,
  type Ending,
  endGeneration,
  keepProgress,
  listDue,
  renewLease,
  stopGenerations,
} from "./generation-states"
import { findGeneration } from "./generations"
import { beginAnswer, test } from "./testing"

const done: Ending = {
  ...{ status: "complete", error: null, units: { images: 1 }, costUsd: 0.04 },
  outputs: [{ type: "text", text: "made" }],
}
const asked = { failures: 0, nextMs: 0 }

async function create(owner: string) {
  const { user } = await beginAnswer(`host:1:${newId()}`)
  const wish = { model: "vendor/model", kind: "image", prompt: "A boat", inputs: [] }
  const made = await createGeneration(user, owner, {
    ...{ id: newId(), ...wish, params: {}, sent: {}, shown: null },
  })
  return { user, id: made.id }
}

/** Ends the lease, as 30 seconds of silence would. */
const letLeaseEnd = (id: string) =>
  db()
    .$executeRaw`UPDATE "Generation" SET "leaseUntil" = now() - interval '1 second' WHERE "id" = ${id}`

const statusOf = async (id: string) => (await findGeneration(id))?.status

test("one process at a time holds a lease; another takes it when it ends or its holder is known to be gone", async () => {
  const { id } = await create("a")
  expect(await listDue([], 100)).not.toContain(id)
  expect(await claimGeneration(id, "b")).toBeNull()
  expect((await claimGeneration(id, "b", ["a"]))?.id).toBe(id)
  expect(await renewLease(id, "a")).toBe(false)
  expect(await renewLease(id, "b")).toBe(true)
  await letLeaseEnd(id)
  expect(await listDue([], 100)).toContain(id)
  const takers = await Promise.all(["c", "d", "e", "f"].map((owner) => claimGeneration(id, owner)))
  expect(takers.filter((work) => work !== null)).toHaveLength(1)
})

test("it is submitted once, by the holder of its lease, whoever tries again", async () => {
  const { id } = await create("a")
  expect(await beginSubmission(id, "b")).toBe(false)
  const tries = await Promise.all([1, 2, 3, 4].map(() => beginSubmission(id, "a")))
  expect(tries.filter(Boolean)).toHaveLength(1)
  expect(await statusOf(id)).toBe("submitting")
  await letLeaseEnd(id)
  await claimGeneration(id, "b")
  expect(await beginSubmission(id, "b")).toBe(false)
})

test("progress gives the lease back and says when to look again, by the database's clock", async () => {
  const { id } = await create("a")
  await beginSubmission(id, "a")
  await keepProgress(id, { ...asked, reference: "job-1", protocol: "video", progress: 0.5 })
  expect(await findGeneration(id)).toMatchObject({ status: "running", progress: 0.5 })
  expect(await listDue([], 100)).toContain(id)
  await keepProgress(id, { ...asked, nextMs: 60_000 })
  expect(await listDue([], 100)).not.toContain(id)
  expect(await findGeneration(id)).toMatchObject({ status: "running", progress: 0.5 })
})

test("the first end counts; a later one only brings a price that was unknown", async () => {
  const { id } = await create("a")
  const ends = [done, { ...done, status: "failed" as const, outputs: [], costUsd: null }]
  const won = await Promise.all(ends.map((end) => endGeneration(id, end)))
  expect(won.filter(Boolean)).toHaveLength(1)
  const first = await statusOf(id)
  await endGeneration(id, { ...done, costUsd: 9 })
  const after = await findGeneration(id)
  expect(after?.status).toBe(first)
  expect(after?.costUsd).toBe(won[0] ? 0.04 : after?.costUsd)
  expect(await claimGeneration(id, "b", ["a"])).toBeNull()
  await keepProgress(id, { ...asked, reference: "late", nextMs: 0 })
  expect(await statusOf(id)).toBe(first)
})

test("a stopped one is never submitted; one that the service has is looked at until it has a price", async () => {
  const waiting = await create("a")
  expect(await stopGenerations(waiting.user, { id: waiting.id })).toEqual([waiting.id])
  expect(await stopGenerations(waiting.user, { id: waiting.id })).toEqual([])
  expect(await beginSubmission(waiting.id, "a")).toBe(false)
  expect(await claimGeneration(waiting.id, "b", ["a"])).toBeNull()

  const asking = await create("a")
  await beginSubmission(asking.id, "a")
  await stopGenerations(asking.user, { id: asking.id })
  await keepProgress(asking.id, { ...asked, reference: "job-2" })
  expect(await statusOf(asking.id)).toBe("stopped")
  expect((await claimGeneration(asking.id, "b"))?.reference).toBe("job-2")
  expect(await endGeneration(asking.id, done)).toBe(false)
  expect(await findGeneration(asking.id)).toMatchObject({ status: "stopped", costUsd: 0.04 })
  expect(await listDue(["b"], 100)).not.toContain(asking.id)
})

test("nobody stops what is another's", async () => {
  const { id } = await create("a")
  const stranger = await create("b")
  expect(await stopGenerations(stranger.user, { id })).toEqual([])
  expect(await statusOf(id)).toBe("queued")
})
