import "server-only"
import type { ErrorBody } from "../errors"
import type { Message, Part } from "../message"
import { toStorable } from "../storable"
import { db } from "./client"
import type { User } from "./users"

/** A run without a sign of life for this long has lost its process. Heartbeats come every 2 s. */
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

/**
 * Saves what came so far and shows that the run lives, in one statement. Says whether somebody asked
 * it to stop. A run that was given up by mistake is taken back, unless its message is gone or another
 * run has the conversation by now: then it is lost.
 */
export async function saveProgress(
  messageId: string,
  owner: string,
  parts: readonly Part[],
): Promise<"go-on" | "stop" | "lost"> {
  const json = JSON.stringify(toStorable(parts))
  const [run] = await db().$queryRaw<{ stop: boolean }[]>`
    WITH saved AS (
      UPDATE "Message" m SET "parts" = ${json}::jsonb, "status" = 'running'
      WHERE m."id" = ${messageId} AND m."status" IN ('running', 'interrupted')
        AND NOT EXISTS (
          SELECT 1 FROM "Run" other
          WHERE other."conversationId" = m."conversationId" AND other."messageId" <> m."id"
        )
      RETURNING m."id", m."conversationId"
    )
    INSERT INTO "Run" ("messageId", "conversationId", "userId", "owner")
    SELECT saved."id", saved."conversationId", c."userId", ${owner}
    FROM saved JOIN "Conversation" c ON c."id" = saved."conversationId"
    ON CONFLICT ("messageId") DO UPDATE SET "heartbeatAt" = now()
    RETURNING "stopRequestedAt" IS NOT NULL AS "stop"`
  if (!run) return "lost"
  return run.stop ? "stop" : "go-on"
}

/** Writes the end of a run. Touches nothing when the message was deleted or has ended already. */
export async function finishRun(messageId: string, answer: Answer): Promise<void> {
  const { usage, units, parts, error, ...facts } = answer
  await db().$transaction([
    db().message.updateMany({
      where: { id: messageId, status: { in: ["running", "interrupted"] } },
      data: {
        ...facts,
        ...usage,
        parts: toStorable([...parts]),
        ...(units ? { units } : {}),
        ...(error ? { error: toStorable(error) } : {}),
      },
    }),
    db().run.deleteMany({ where: { messageId } }),
  ])
}

/** Asks the processes that write answers of a conversation to stop. Returns the answers' ids. */
export async function requestStop(user: User, conversationId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ messageId: string }[]>`
    UPDATE "Run" SET "stopRequestedAt" = now()
    WHERE "conversationId" = ${conversationId} AND "userId" = ${user.id}
    RETURNING "messageId"`
  return rows.map((row) => row.messageId)
}

/** The answers of a conversation that are being written now, by living processes. */
export async function listRuns(
  user: User,
  conversationId: string,
): Promise<{ messageId: string }[]> {
  return db().$queryRaw<{ messageId: string }[]>`
    SELECT "messageId" FROM "Run"
    WHERE "conversationId" = ${conversationId} AND "userId" = ${user.id}
    AND "heartbeatAt" >= now() - make_interval(secs => ${staleAfterSeconds})`
}

/** Who writes answers at the moment, on any machine. */
export async function listRunOwners(): Promise<string[]> {
  const rows = await db().run.findMany({ distinct: ["owner"], select: { owner: true } })
  return rows.map((row) => row.owner)
}

/**
 * Marks answers whose process is gone as interrupted, with what they had: those without a heartbeat, and
 * those of the given owners.
 */
export async function sweepRuns(goneOwners: string[] = []): Promise<void> {
  await db().$executeRaw`
    WITH lost AS (
      DELETE FROM "Run"
      WHERE "heartbeatAt" < now() - make_interval(secs => ${staleAfterSeconds})
        OR "owner" = ANY(${goneOwners})
      RETURNING "messageId"
    )
    UPDATE "Message" SET "status" = 'interrupted'
    WHERE "id" IN (SELECT "messageId" FROM lost) AND "status" = 'running'`
}
