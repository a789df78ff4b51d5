import "server-only"
import { z } from "zod"
import { AppError, type ErrorBody } from "../base/errors"
import { type Json, paramsSchema } from "../base/json"
import { errorBodySchema, type Part, unitsSchema } from "../message/message"
import { readParts } from "../message/stored-parts"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import type { User } from "./users"

/** Where the result is shown; a call is the one of a tool that asked for it. */
export type Shown = { conversationId: string; messageId: string; callId?: string }

/** A file that goes in, and the place of the request it is meant for. */
export type InputRef = { fileId: string; slot?: string | undefined }

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

const inputsSchema = z
  .array(z.object({ fileId: z.string(), slot: z.string().optional() }))
  .catch([])
const settingsSchema = paramsSchema.catch({})

export const withUser = {
  user: { select: { id: true, name: true, email: true, role: true } },
} as const
type Row = Prisma.GenerationGetPayload<{ include: typeof withUser }>

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

/** A row as its person may know it. */
export function toGeneration(row: Row): Generation {
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
