import "server-only"
import { z } from "zod"
import type { ErrorBody } from "../errors"
import type { Message, Part } from "../message"
import type { Place } from "../place"
import { fold, type LogWord } from "../run-log"
import { toStorable } from "../storable"
import { readParts, readWords } from "../stored-parts"
import { db, raw } from "./client"
import { Prisma } from "./generated/client"
import type { User } from "./users"

/** A writer without a sign of life for this long has lost its runs. Heartbeats come every 2 s. */
export const staleAfterSeconds = 10

/** What is known of an answer when it ends, or so far. */
export type Answer = {
  parts: readonly Part[]
  status: Exclude<Message["status"], "running">
  error: ErrorBody | null
  finishReason: string | null
  usage: Message["usage"]
  units: Message["units"]
  costUsd: number | null
  upstreamId: string | null
  firstTokenMs: number | null
  totalMs: number
}

/** What a run wrote since the event before, as JSON. The same `seq` written again is written once. */
export type RunEvent = { messageId: string; seq: number; words: string }

const placeSchema = z.object({ part: z.int(), chars: z.int() }).nullable().catch(null)

/** What others want of a run: that it stops, that they are told of news. */
export type RunState = { isStopped: boolean; stopPlace: Place | null; isFollowed: boolean }

/**
 * Adds to the logs of a writer's runs and reads what others want of them, all in one statement. With
 * `isBeat` the writer also shows that it lives. Runs that are missing in the answer are the writer's no
 * more.
 */
export async function appendEvents(
  owner: string,
  runIds: readonly string[],
  events: readonly RunEvent[],
  isBeat: boolean,
): Promise<Map<string, RunState>> {
  const rows = await raw<RunState & { messageId: string }>("append-events", appendSql, [
    owner,
    runIds,
    events.map((event) => event.messageId),
    events.map((event) => event.seq),
    events.map((event) => event.words),
    isBeat,
  ])
  return new Map(
    rows.map(({ messageId, stopPlace, ...row }) => [
      messageId,
      { ...row, stopPlace: placeSchema.parse(stopPlace) },
    ]),
  )
}

const appendSql = `
  WITH mine AS (
    SELECT "messageId", "stopRequestedAt" IS NOT NULL AS "isStopped", "stopPlace",
      COALESCE("followedUntil" > now(), false) AS "isFollowed"
    FROM "Run" WHERE "owner" = $1 AND "messageId" = ANY($2::text[])
  ), appended AS (
    INSERT INTO "RunEvent" ("messageId", "seq", "words")
    SELECT "messageId", event."seq", event."words"::jsonb
    FROM unnest($3::text[], $4::int[], $5::text[]) AS event("messageId", "seq", "words")
      JOIN mine USING ("messageId")
    ON CONFLICT DO NOTHING
  ), beat AS (
    INSERT INTO "RunOwner" ("id") SELECT $1 WHERE $6
    ON CONFLICT ("id") DO UPDATE SET "heartbeatAt" = now()
  )
  SELECT * FROM mine`

/**
 * Takes back a run that was given up by mistake, such as after a long outage. False when its message is
 * gone, has ended, or another answer to the same question is being written. Its log is empty then.
 */
export async function retakeRun(owner: string, messageId: string): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    WITH taken AS (
      UPDATE "Message" m SET "status" = 'running', "error" = NULL
      WHERE m."id" = ${messageId} AND m."status" = 'interrupted'
        AND NOT EXISTS (SELECT 1 FROM "Run" WHERE "messageId" = m."id")
        AND NOT EXISTS (
          SELECT 1 FROM "Run" other JOIN "Message" o ON o."id" = other."messageId"
          WHERE other."conversationId" = m."conversationId" AND o."parentId" = m."parentId"
        )
      RETURNING m."id", m."conversationId"
    )
    INSERT INTO "Run" ("messageId", "conversationId", "userId", "owner")
    SELECT taken."id", taken."conversationId", c."userId", ${owner}
    FROM taken JOIN "Conversation" c ON c."id" = taken."conversationId"
    RETURNING 1`
  return rows.length > 0
}

/** The words that a running answer goes on from, before its log; null when it has ended or is gone. */
export async function findRunStart(messageId: string): Promise<readonly Part[] | null> {
  const run = await db().run.findUnique({
    where: { messageId },
    select: { message: { select: { parts: true } } },
  })
  return run && readParts(run.message.parts)
}

/** What was added to the logs of some runs after the events of the given numbers, in order. */
export async function listEvents(
  after: ReadonlyMap<string, number>,
): Promise<{ messageId: string; seq: number; words: LogWord[] }[]> {
  if (after.size === 0) return []
  const rows = await db().$queryRaw<{ messageId: string; seq: number; words: unknown }[]>`
    SELECT e."messageId", e."seq", e."words"
    FROM unnest(${[...after.keys()]}::text[], ${[...after.values()]}::int[]) AS known("id", "seq")
    JOIN "RunEvent" e ON e."messageId" = known."id" AND e."seq" > known."seq"
    ORDER BY e."messageId", e."seq"`
  return rows.map((row) => ({ ...row, words: readWords(row.words) }))
}

/** Says that another process wants to hear of a run's news for a while. False when it has ended. */
export async function followRun(messageId: string, seconds: number): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "Run" SET "followedUntil" = now() + make_interval(secs => ${seconds})
    WHERE "messageId" = ${messageId}`
  return count > 0
}

/**
 * Writes the end of a run, with all that its log held. Touches nothing when the message was deleted or has
 * ended already. Says whether another process follows it.
 */
export async function finishRun(
  messageId: string,
  { parts, usage, units, error, ...facts }: Answer,
): Promise<{ isFollowed: boolean }> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(toStorable(value)))
  const [row] = await raw<{ isFollowed: boolean | null }>("finish-run", finishSql, [
    messageId,
    facts.status,
    json(parts),
    json(error),
    facts.finishReason,
    usage?.inputTokens ?? null,
    usage?.outputTokens ?? null,
    usage?.reasoningTokens ?? null,
    usage?.cachedTokens ?? null,
    facts.costUsd,
    json(units),
    facts.upstreamId,
    facts.firstTokenMs,
    facts.totalMs,
  ])
  return { isFollowed: row?.isFollowed ?? false }
}

const finishSql = `
  WITH ended AS (
    UPDATE "Message" SET "status" = $2::"MessageStatus", "parts" = $3::jsonb,
      "error" = COALESCE($4::jsonb, "error"), "finishReason" = $5, "inputTokens" = $6,
      "outputTokens" = $7, "reasoningTokens" = $8, "cachedTokens" = $9,
      "costUsd" = $10::float8::numeric, "units" = $11::jsonb, "upstreamId" = $12,
      "firstTokenMs" = $13, "totalMs" = $14
    WHERE "id" = $1 AND "status" IN ('running', 'interrupted')
  ), gone AS (
    DELETE FROM "Run" WHERE "messageId" = $1 RETURNING "followedUntil" > now() AS "isFollowed"
  )
  SELECT bool_or("isFollowed") AS "isFollowed" FROM gone`

/**
 * Asks the writers of a conversation's answers to stop: of one answer, or of all that run. `place` is how
 * far the reader saw it. Returns the ids of those that ran; asking again changes nothing.
 */
export async function requestStop(
  user: User,
  conversationId: string,
  { messageId, place }: { messageId?: string | undefined; place?: Place | undefined },
): Promise<string[]> {
  const rows = await db().$queryRaw<{ messageId: string }[]>`
    UPDATE "Run" SET "stopRequestedAt" = COALESCE("stopRequestedAt", now()),
      "stopPlace" = COALESCE("stopPlace", ${place ? JSON.stringify(place) : null}::jsonb)
    WHERE "conversationId" = ${conversationId} AND "userId" = ${user.id}
      AND (${messageId ?? null}::text IS NULL OR "messageId" = ${messageId ?? null})
    RETURNING "messageId"`
  return rows.map((row) => row.messageId)
}

/** The answers of a conversation that living writers write now, the newest first. */
export async function listRuns(user: User, conversationId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ messageId: string }[]>`
    SELECT r."messageId" FROM "Run" r JOIN "RunOwner" w ON w."id" = r."owner"
    WHERE r."conversationId" = ${conversationId} AND r."userId" = ${user.id}
      AND w."heartbeatAt" >= now() - make_interval(secs => ${staleAfterSeconds})
    ORDER BY r."startedAt" DESC`
  return rows.map((row) => row.messageId)
}

/** Who writes answers at the moment, on any machine. */
export async function listRunOwners(): Promise<string[]> {
  const rows = await db().run.findMany({ distinct: ["owner"], select: { owner: true } })
  return rows.map((row) => row.owner)
}

/** A run that was given up, for those who have to hear of it. */
export type LostRun = { messageId: string; conversationId: string; userId: string }

/** Which runs nobody writes any more, besides those of writers without a heartbeat. */
export type Lost = {
  /** Writers that are known to be gone. */
  goneOwners: readonly string[]
  /**
   * A living writer and its runs. Others under its name are of statements that were committed after it had
   * stopped waiting for them; younger ones than `afterSeconds` are left to whoever asks for them again.
   */
  self?: { owner: string; runIds: readonly string[]; afterSeconds: number }
}

/** Runs that nobody writes any more. */
export async function listLostRuns(lost: Lost): Promise<LostRun[]> {
  return db().$queryRaw<LostRun[]>`
    SELECT r."messageId", r."conversationId", r."userId" ${isLost(lost)}`
}

function isLost({ goneOwners, self }: Lost): Prisma.Sql {
  const { owner = "", runIds = [], afterSeconds = 0 } = self ?? {}
  return Prisma.sql`
    FROM "Run" r JOIN "Message" m ON m."id" = r."messageId"
      LEFT JOIN "RunOwner" w ON w."id" = r."owner"
    WHERE (w."id" IS NULL OR r."owner" = ANY(${[...goneOwners]})
      OR w."heartbeatAt" < now() - make_interval(secs => ${staleAfterSeconds})
      OR r."owner" = ${owner} AND r."messageId" <> ALL(${[...runIds]})
        AND r."startedAt" <= now() - make_interval(secs => ${afterSeconds}))`
}

/**
 * Marks an answer that nobody writes any more as interrupted, with what its log holds. False when somebody
 * writes it after all, or another process does this.
 */
export async function giveUpRun(messageId: string, lost: Lost): Promise<boolean> {
  return db().$transaction(async (transaction) => {
    const [run] = await transaction.$queryRaw<{ parts: unknown }[]>`
      SELECT m."parts" ${isLost(lost)} AND r."messageId" = ${messageId} FOR UPDATE OF r SKIP LOCKED`
    if (!run) return false
    const events = await transaction.runEvent.findMany({
      where: { messageId },
      orderBy: { seq: "asc" },
      select: { words: true },
    })
    const words = events.flatMap((event) => readWords(event.words))
    const parts = [...fold(readParts(run.parts), words)]
    // What is made goes on without whoever wrote the answer, which then ends as it does.
    const isMade = await transaction.generation.findFirst({
      where: { messageId, callId: null },
      select: { id: true },
    })
    await transaction.message.updateMany({
      where: { id: messageId, status: "running" },
      data: { parts, ...(!isMade && { status: "interrupted" }) },
    })
    await transaction.run.delete({ where: { messageId } })
    return true
  })
}

/** Ends a run whose log cannot be written into its message: as interrupted, with what the message has. */
export async function dropRun(messageId: string): Promise<void> {
  await db().$executeRaw`
    WITH gone AS (DELETE FROM "Run" WHERE "messageId" = ${messageId} RETURNING "messageId")
    UPDATE "Message" m SET "status" = 'interrupted' FROM gone
    WHERE m."id" = gone."messageId" AND m."status" = 'running'`
}

/** Which of these answers a writer has a run for. */
export async function listOwnRuns(owner: string, messageIds: string[]): Promise<string[]> {
  const rows = await db().run.findMany({
    where: { owner, messageId: { in: messageIds } },
    select: { messageId: true },
  })
  return rows.map((row) => row.messageId)
}

/** Removes writers that are long gone and have no runs. */
export async function forgetWriters(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "RunOwner" w WHERE w."heartbeatAt" < now() - interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."owner" = w."id")`
}
