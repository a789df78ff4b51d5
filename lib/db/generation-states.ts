import "server-only"
import { AppError, type ErrorBody } from "../base/errors"
import type { Json } from "../base/json"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import type { Part } from "../message/message"
import { toStoredParts } from "../message/stored-parts"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import {
  type Generation,
  getWork,
  type InputRef,
  type Shown,
  toGeneration,
  type Work,
  withUser,
} from "./generations"
import type { User } from "./users"

// Every statement that changes a generation's status or its lease.
//
// | from                           | to               | by whom                          | statement          |
// | ------------------------------ | ---------------- | -------------------------------- | ------------------ |
// | (nothing)                      | queued           | its person, or a tool            | `createGeneration` |
// | queued                         | submitting       | the holder of its lease          | `beginSubmission`  |
// | submitting, running            | running          | the holder of its lease          | `keepProgress`     |
// | queued, submitting, running    | complete, failed | the holder of its lease          | `endGeneration`    |
// | queued, submitting, running    | stopped          | its person                       | `stopGenerations`  |
//
// A lease (`owner`, `leaseUntil`) makes one process work on it at a time: `claimGeneration` takes it, `renewLease`
// keeps it, `keepProgress` and `endGeneration` give it back. `nextAt` is when it is to be looked at again; null
// for never. A stopped one that the service has already keeps its `nextAt` until its price is known.

export type NewGeneration = {
  id: string
  model: string
  kind: string
  prompt: string
  inputs: readonly InputRef[]
  params: { [name: string]: Json }
  sent: { [name: string]: Json }
  shown: Shown | null
}

/** How long a process may be silent about what it works on. */
const leaseSeconds = 30

/** Adds a generation, held by `owner` for now. Throws `too_many_runs` when too many of the user's are under way. */
export async function createGeneration(
  user: User,
  owner: string,
  { shown, inputs, prompt, params, sent, ...rest }: NewGeneration,
): Promise<Generation> {
  const data = {
    ...rest,
    ...shown,
    userId: user.id,
    prompt: toStorable(prompt),
    inputs: inputs.map(({ fileId, slot }) => ({ fileId, ...(slot !== undefined && { slot }) })),
    params: toStorable(params),
    sent: toStorable(sent),
    owner,
  }
  const create = async (transaction: Prisma.TransactionClient) => {
    // Those of one person queue here: the limit counts rows that others may be adding.
    const [lock] = await transaction.$queryRaw<{ leaseUntil: Date }[]>`
      SELECT clock_timestamp() + make_interval(secs => ${leaseSeconds}) AS "leaseUntil"
      FROM "User" WHERE "id" = ${user.id} FOR NO KEY UPDATE`
    const underWay = await transaction.generation.count({
      where: { userId: user.id, endedAt: null },
    })
    if (underWay >= limits.generationsPerUser) throw new AppError("too_many_runs")
    const leaseUntil = lock?.leaseUntil ?? null
    const row = { data: { ...data, leaseUntil }, include: withUser }
    return toGeneration(await transaction.generation.create(row))
  }
  return db().$transaction(create, { maxWait: 10_000, timeout: 10_000 })
}

/**
 * Takes a generation to work on it alone for a while; null when another process does, when it is not due,
 * or when nothing is left to do. Those of owners that are known to be gone need not be waited for.
 */
export async function claimGeneration(
  id: string,
  owner: string,
  goneOwners: readonly string[] = [],
): Promise<Work | null> {
  const count = await db().$executeRaw`
    UPDATE "Generation" SET "owner" = ${owner},
      "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "id" = ${id} AND "nextAt" <= now()
      AND ("leaseUntil" IS NULL OR "leaseUntil" < now() OR "owner" = ANY(${[...goneOwners]}))`
  return count === 0 ? null : await getWork(id)
}

/** Says that `owner` still works on it; false when somebody else does. */
export async function renewLease(id: string, owner: string): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "Generation" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "id" = ${id} AND "owner" = ${owner}`
  return count > 0
}

/** Says, before it is done, that a generation is submitted now. True once in the life of a generation. */
export async function beginSubmission(id: string, owner: string): Promise<boolean> {
  const { count } = await db().generation.updateMany({
    where: { id, owner, status: "queued" },
    data: { status: "submitting", submittedAt: new Date() },
  })
  return count > 0
}

/** What is known after a look at one that goes on, and when to look again. The lease ends. */
export async function keepProgress(
  id: string,
  known: {
    protocol?: string
    reference?: string
    progress?: number | null
    queuePosition?: number | null
    upstreamId?: string | null
    failures: number
    nextMs: number
  },
): Promise<void> {
  const { nextMs, ...data } = known
  const isSubmitted = known.reference !== undefined
  await db().generation.updateMany({
    where: { id, endedAt: null },
    data: { ...data, ...(isSubmitted && { status: "running" }) },
  })
  // Stopped meanwhile: what it costs is still to be learned, there.
  if (isSubmitted) await db().generation.updateMany({ where: { id, status: "stopped" }, data })
  // A clock that all processes share: theirs may differ by minutes.
  await db().$executeRaw`
    UPDATE "Generation" SET "leaseUntil" = NULL, "nextAt" = now() + make_interval(secs => ${nextMs / 1_000})
    WHERE "id" = ${id} AND ("endedAt" IS NULL OR "status" = 'stopped' AND ${isSubmitted})`
}

export type Ending = {
  status: "complete" | "failed"
  outputs: readonly Part[]
  error: ErrorBody | null
  units: Record<string, number> | null
  costUsd: number | null
  upstreamId?: string | null
}

/** Writes the end. False when it had ended already; what it cost is kept even then. */
export async function endGeneration(
  id: string,
  { outputs, error, ...rest }: Ending,
): Promise<boolean> {
  const { count } = await db().generation.updateMany({
    where: { id, endedAt: null },
    data: {
      status: rest.status,
      units: rest.units ?? undefined,
      costUsd: rest.costUsd,
      ...(rest.upstreamId != null && { upstreamId: rest.upstreamId }),
      outputs: toStoredParts(outputs),
      error: error ? toStorable(error) : undefined,
      progress: null,
      queuePosition: null,
      endedAt: new Date(),
      nextAt: null,
      leaseUntil: null,
    },
  })
  if (count === 0) {
    await db().generation.updateMany({
      where: { id, costUsd: null },
      data: { costUsd: rest.costUsd, nextAt: null, leaseUntil: null },
    })
  }
  return count > 0
}

/**
 * Ends those of the user's generations that are under way, by id or by where they are shown. One that
 * the service has already goes on there: it is looked at until it is known what it cost.
 */
export async function stopGenerations(
  user: User,
  which: { id: string } | { conversationId: string; messageId?: string },
): Promise<string[]> {
  const rows = await db().generation.findMany({
    where: { ...which, userId: user.id, endedAt: null },
    select: { id: true, status: true },
  })
  for (const { id, status } of rows) {
    await db().generation.updateMany({
      where: { id, endedAt: null },
      data: {
        status: "stopped",
        endedAt: new Date(),
        ...(status === "queued" && { nextAt: null }),
      },
    })
  }
  return rows.map(({ id }) => id)
}

/** Ids of what is due and nobody works on, the longest due first. */
export async function listDue(goneOwners: readonly string[], take: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Generation" WHERE "nextAt" <= now()
      AND ("leaseUntil" IS NULL OR "leaseUntil" < now() OR "owner" = ANY(${[...goneOwners]}))
    ORDER BY "nextAt" LIMIT ${take}`
  return rows.map(({ id }) => id)
}

/** Who works on generations at the moment, on any machine. */
export async function listGenerationOwners(): Promise<string[]> {
  const rows = await db().generation.findMany({
    where: { nextAt: { not: null }, owner: { not: null } },
    distinct: ["owner"],
    select: { owner: true },
  })
  return rows.flatMap(({ owner }) => owner ?? [])
}
