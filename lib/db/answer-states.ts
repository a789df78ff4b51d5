import "server-only"
import type { ErrorBody } from "../base/errors"
import { toStorable } from "../base/postgres-text"
import { type Facts, factsIn } from "../message/facts"
import type { Message, Part } from "../message/message"
import { fold } from "../message/part-log"
import { readParts, readWords, toStoredParts } from "../message/stored-parts"
import { db, raw } from "./client"
import { type Generation, Prisma } from "./generated/client"

// Every statement that changes an answer's status, but for its beginning (prisma/functions/begin_turn.sql).
//
// | from                 | to                     | by whom                          | statement      |
// | -------------------- | ---------------------- | -------------------------------- | -------------- |
// | (nothing)            | running                | the turn                         | `begin_turn`   |
// | running              | any end                | its writer                       | `endAnswer`    |
// | running              | interrupted            | anybody, once its writer is gone | `giveUpAnswer` |
// | running, interrupted | its generation's end   | whoever ends the generation      | `applyGenerations` |
// | interrupted          | running                | its writer, given up by mistake  | `retakeAnswer` |
// | interrupted          | any end                | its writer, likewise             | `endAnswer`    |
//
// A running answer has a row in "Run", which names its writer, or a generation that is all there is to it.
// `endAnswer`, `giveUpAnswer` and `applyGenerations` are safe to repeat and to race: the first wins.

/** A writer without a sign of life for this long has lost its runs. Heartbeats come every 2 s. */
export const staleAfterSeconds = 10

/** How an answer ended. */
export type Answer = {
  parts: readonly Part[]
  status: Exclude<Message["status"], "running">
  error: ErrorBody | null
} & Facts

/**
 * Writes the end of a run, with all that its log held. Touches nothing when the message was deleted or has
 * ended already. Says whether another process follows it.
 */
export async function endAnswer(
  messageId: string,
  { parts, status, error, ...facts }: Answer,
): Promise<{ isFollowed: boolean }> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(toStorable(value)))
  const values = [messageId, status, json(parts), json(error), json(facts)]
  const [row] = await raw<{ isFollowed: boolean | null }>("end-answer", endSql, values)
  return { isFollowed: row?.isFollowed ?? false }
}

const endSql = `
  WITH ended AS (
    UPDATE "Message" SET "status" = $2::"MessageStatus", "parts" = $3::jsonb,
      "error" = COALESCE($4::jsonb, "error"), "facts" = $5::jsonb
    WHERE "id" = $1 AND "status" IN ('running', 'interrupted')
  ), gone AS (
    DELETE FROM "Run" WHERE "messageId" = $1 RETURNING "followedUntil" > now() AS "isFollowed"
  )
  SELECT bool_or("isFollowed") AS "isFollowed" FROM gone`

/**
 * Takes back a run that was given up by mistake, such as after a long outage. False when its message is
 * gone, has ended, or another answer to the same question is being written. Its log is empty then.
 */
export async function retakeAnswer(owner: string, messageId: string): Promise<boolean> {
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

/** A run that was given up, for those who have to hear of it. */
export type LostRun = { messageId: string; conversationId: string; userId: string }

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
export async function giveUpAnswer(messageId: string, lost: Lost): Promise<boolean> {
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

/** The same for one whose log cannot be written into its message, which keeps what it has. */
export async function dropRun(messageId: string): Promise<void> {
  await db().$executeRaw`
    WITH gone AS (DELETE FROM "Run" WHERE "messageId" = ${messageId} RETURNING "messageId")
    UPDATE "Message" m SET "status" = 'interrupted' FROM gone
    WHERE m."id" = gone."messageId" AND m."status" = 'running'`
}

/**
 * Gives an answer that no process writes any more what its generations made since: one that is a generation
 * ends as that did, or learns what it cost after all; one that only asked for some gets their results. Gives
 * its conversation, or null when there was nothing to change.
 */
export async function applyGenerations(messageId: string): Promise<string | null> {
  return db().$transaction(async (transaction) => {
    const [message] = await transaction.$queryRaw<
      { conversationId: string; parts: unknown; status: string; facts: unknown }[]
    >`
      SELECT m."conversationId", m."parts", m."status"::text AS "status", m."facts"
      FROM "Message" m
      WHERE m."id" = ${messageId}
        AND NOT EXISTS (SELECT 1 FROM "Run" WHERE "messageId" = m."id")
      FOR UPDATE`
    if (!message) return null
    const ended = await transaction.generation.findMany({
      where: { messageId, endedAt: { not: null } },
      orderBy: { createdAt: "asc" },
    })
    const parts = readParts(message.parts)
    const whole = withResults(parts, ended)
    const facts = factsIn(message.facts)
    const direct = ended.find(({ callId }) => callId === null)
    const isOpen = message.status === "running" || message.status === "interrupted"
    const ending = direct && isOpen ? endingOf(direct) : null
    const costUsd = facts.costUsd ?? direct?.costUsd?.toNumber() ?? null
    if (whole.length === parts.length && !ending && costUsd === facts.costUsd) return null
    const { facts: endFacts, ...end } = ending ?? { facts: {} }
    await transaction.message.update({
      where: { id: messageId },
      data: { parts: toStorable(whole), ...end, facts: { ...facts, ...endFacts, costUsd } },
    })
    return message.conversationId
  })
}

function endingOf({ status, error, units, upstreamId, createdAt, endedAt }: Generation) {
  const isSaid = status === "complete" || status === "stopped"
  const totalMs = (endedAt?.getTime() ?? 0) - createdAt.getTime()
  return {
    status: isSaid ? status : ("failed" as const),
    error: error ?? undefined,
    facts: { ...factsIn({ units, upstreamId }), totalMs },
  }
}

/** The parts with what each generation made, unless they have it. */
function withResults(parts: readonly Part[], ended: readonly Generation[]): Part[] {
  const known = new Set(parts.map(identityOf))
  const more = ended.flatMap(({ id, callId, outputs }): Part[] => {
    const shown = { type: "generation", generationId: id, ...(callId !== null && { callId }) }
    const made = [...toStoredParts([shown]), ...readParts(outputs)]
    return made.filter((part) => !known.has(identityOf(part)))
  })
  return [...parts, ...more]
}

function identityOf(part: Part): string {
  if (part.type === "file") return part.fileId
  return part.type === "generation" ? part.generationId : JSON.stringify(part)
}

/** Which of these running answers are written, or made, by somebody who lives; those without either are absent. */
export async function listLiving(messageIds: string[]): Promise<Map<string, boolean>> {
  const rows = await db().$queryRaw<{ messageId: string; lives: boolean }[]>`
    SELECT asked."messageId", g."id" IS NOT NULL OR COALESCE(
      w."heartbeatAt" >= now() - make_interval(secs => ${staleAfterSeconds}), false) AS "lives"
    FROM unnest(${messageIds}::text[]) AS asked("messageId")
      LEFT JOIN "Run" r ON r."messageId" = asked."messageId"
      LEFT JOIN "RunOwner" w ON w."id" = r."owner"
      LEFT JOIN "Generation" g ON g."messageId" = asked."messageId" AND g."callId" IS NULL
    WHERE r."messageId" IS NOT NULL OR g."id" IS NOT NULL`
  return new Map(rows.map((row) => [row.messageId, row.lives]))
}
