import "server-only"
import { z } from "zod"
import { AppError, type ErrorBody } from "../base/errors"
import { type Json, paramsSchema } from "../base/json"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import { errorBodySchema, type Part, unitsSchema } from "../message/message"
import { readParts, toStoredParts } from "../message/stored-parts"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import type { User } from "./users"

/** Where the result is shown; a call is the one of a tool that asked for it. */
export type Shown = { conversationId: string; messageId: string; callId?: string }

/** A file that goes in, and the place of the request it is meant for. */
export type InputRef = { fileId: string; slot?: string | undefined }

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

/** What its person may know of a generation. Times are ISO 8601. */
export type Generation = {
  id: string
  status: "queued" | "submitting" | "running" | "complete" | "stopped" | "failed"
  model: string
  kind: string
  prompt: string
  inputs: InputRef[]
  /** What its person set, and what of it and beside it was really sent. */
  params: { [name: string]: Json }
  sent: { [name: string]: Json }
  conversationId: string | null
  messageId: string | null
  /** The answer that shows it is nothing else. */
  isAnswer: boolean
  progress: number | null
  queuePosition: number | null
  outputs: Part[]
  error: ErrorBody | null
  units: Record<string, number> | null
  costUsd: number | null
  upstreamId: string | null
  createdAt: string
  endedAt: string | null
}

/** A generation as the process that holds its lease works on it. */
export type Work = Generation & {
  user: User
  callId: string | null
  protocol: string | null
  reference: string | null
  failures: number
}

/** How long a process may be silent about what it works on. */
const leaseSeconds = 30
const inputsSchema = z
  .array(z.object({ fileId: z.string(), slot: z.string().optional() }))
  .catch([])
const settingsSchema = paramsSchema.catch({})

const withUser = { user: { select: { id: true, name: true, email: true, role: true } } } as const
type Row = Prisma.GenerationGetPayload<{ include: typeof withUser }>

/** Adds a generation, held by `owner` for now. Throws `too_many_runs` when too many of the user's are under way. */
export async function createGeneration(
  user: User,
  owner: string,
  { shown, inputs, prompt, params, sent, ...rest }: NewGeneration,
): Promise<Generation> {
  const now = Date.now()
  const data = {
    ...rest,
    ...shown,
    userId: user.id,
    prompt: toStorable(prompt),
    inputs: inputs.map(({ fileId, slot }) => ({ fileId, ...(slot !== undefined && { slot }) })),
    params: toStorable(params),
    sent: toStorable(sent),
    owner,
    leaseUntil: new Date(now + leaseSeconds * 1_000),
  }
  const create = async (transaction: Prisma.TransactionClient) => {
    // Those of one person queue here: the limit counts rows that others may be adding.
    await transaction.$executeRaw`SELECT 1 FROM "User" WHERE "id" = ${user.id} FOR NO KEY UPDATE`
    const underWay = await transaction.generation.count({
      where: { userId: user.id, endedAt: null },
    })
    if (underWay >= limits.generationsPerUser) throw new AppError("too_many_runs")
    return toGeneration(await transaction.generation.create({ data, include: withUser }))
  }
  return db().$transaction(create, { maxWait: 10_000, timeout: 10_000 })
}

/** One generation of the user; NOT_FOUND when it is not theirs. */
export async function getGeneration(user: User, id: string): Promise<Generation> {
  const row = await db().generation.findFirst({
    where: { id, userId: user.id },
    include: withUser,
  })
  if (!row) throw new AppError("not_found")
  return toGeneration(row)
}

/** A page of the user's generations, newest first, after the one with the id `cursor`. */
export async function listGenerations(
  user: User,
  { kind, cursor, take }: { kind?: string | undefined; cursor?: string | undefined; take: number },
): Promise<Generation[]> {
  const rows = await db().generation.findMany({
    where: { userId: user.id, ...(kind !== undefined && { kind }) },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take,
    ...(cursor !== undefined && { cursor: { id: cursor }, skip: 1 }),
    include: withUser,
  })
  return rows.map(toGeneration)
}

/** How a generation stands, for whoever waits for it; null when it is gone. */
export async function findGeneration(id: string): Promise<Generation | null> {
  const row = await db().generation.findUnique({ where: { id }, include: withUser })
  return row && toGeneration(row)
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

/** The generation that one holds. */
export async function getWork(id: string): Promise<Work | null> {
  const row = await db().generation.findUnique({ where: { id }, include: withUser })
  if (!row) return null
  return {
    ...toGeneration(row),
    user: row.user,
    callId: row.callId,
    protocol: row.protocol,
    reference: row.reference,
    failures: row.failures,
  }
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
    data: {
      ...data,
      ...(isSubmitted && { status: "running" }),
      nextAt: new Date(Date.now() + nextMs),
      leaseUntil: null,
    },
  })
  // Stopped meanwhile: what it costs is still to be learnt, there.
  if (isSubmitted) {
    await db().generation.updateMany({
      where: { id, status: "stopped" },
      data: { ...data, nextAt: new Date(Date.now() + nextMs), leaseUntil: null },
    })
  }
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

function toGeneration(row: Row): Generation {
  return {
    id: row.id,
    status: row.status,
    model: row.model,
    kind: row.kind,
    prompt: row.prompt,
    inputs: inputsSchema.parse(row.inputs),
    params: settingsSchema.parse(row.params),
    sent: settingsSchema.parse(row.sent),
    conversationId: row.conversationId,
    messageId: row.messageId,
    isAnswer: row.messageId !== null && row.callId === null,
    progress: row.progress,
    queuePosition: row.queuePosition,
    outputs: readParts(row.outputs),
    error: row.error === null ? null : errorBodySchema.parse(row.error),
    units: row.units === null ? null : unitsSchema.parse(row.units),
    costUsd: row.costUsd === null ? null : Number(row.costUsd),
    upstreamId: row.upstreamId,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
