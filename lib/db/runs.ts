import "server-only"
import { z } from "zod"
import type { Cursor } from "../message/cursor"
import type { Part } from "../message/message"
import type { LogWord } from "../message/part-log"
import { readParts, readWords } from "../message/stored-parts"
import { staleAfterSeconds } from "./answer-states"
import { db, raw } from "./client"
import type { User } from "./users"

/** What a run wrote since the event before, as JSON. The same `seq` written again is written once. */
export type RunEvent = { messageId: string; seq: number; words: string }

const placeSchema = z.object({ part: z.int(), chars: z.int() }).nullable().catch(null)

/** What others want of a run: that it stops, that they are told of news. */
export type RunState = { isStopped: boolean; stopPlace: Cursor | null; isFollowed: boolean }

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
 * Asks the writers of a conversation's answers to stop: of one answer, or of all that run. `place` is how
 * far the reader saw it. Returns the ids of those that ran; asking again changes nothing.
 */
export async function requestStop(
  user: User,
  conversationId: string,
  { messageId, place }: { messageId?: string | undefined; place?: Cursor | undefined },
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
