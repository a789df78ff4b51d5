import "server-only"
import type { Part } from "../message"
import { toStorable } from "../storable"
import { readParts, toStoredParts } from "../stored-parts"
import { db } from "./client"
import type { Generation } from "./generated/client"

/**
 * Gives an answer that no process writes any more what its generations made since: one that is a generation
 * ends as that did, or learns what it cost after all; one that only asked for some gets their results. Gives
 * its conversation, or null when there was nothing to change.
 */
export async function settleMessage(messageId: string): Promise<string | null> {
  return db().$transaction(async (transaction) => {
    const [message] = await transaction.$queryRaw<
      { conversationId: string; parts: unknown; status: string; hasCost: boolean }[]
    >`
      SELECT m."conversationId", m."parts", m."status"::text AS "status",
        m."costUsd" IS NOT NULL AS "hasCost"
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
    const whole = withResults(
      parts,
      ended.map(({ id, callId, outputs }) => ({ id, callId, outputs: readParts(outputs) })),
    )
    const direct = ended.find(({ callId }) => callId === null)
    const isOpen = message.status === "running" || message.status === "interrupted"
    const ending = direct && isOpen ? endingOf(direct) : null
    const price = direct?.costUsd && !message.hasCost ? { costUsd: direct.costUsd } : null
    if (whole.length === parts.length && !ending && !price) return null
    await transaction.message.update({
      where: { id: messageId },
      data: { parts: toStorable(whole), ...ending, ...price },
    })
    return message.conversationId
  })
}

function endingOf({ status, error, units, upstreamId, createdAt, endedAt }: Generation) {
  const isSaid = status === "complete" || status === "stopped"
  return {
    status: isSaid ? status : ("failed" as const),
    error: error ?? undefined,
    units: units ?? undefined,
    upstreamId,
    totalMs: (endedAt?.getTime() ?? 0) - createdAt.getTime(),
  }
}

type Ended = { id: string; callId: string | null; outputs: Part[] }

/** The parts with what each generation made, unless they have it. */
function withResults(parts: readonly Part[], ended: readonly Ended[]): Part[] {
  const known = new Set(parts.map(identityOf))
  const more = ended.flatMap(({ id, callId, outputs }): Part[] => {
    const shown = { type: "generation", generationId: id, ...(callId !== null && { callId }) }
    return [...toStoredParts([shown]), ...outputs].filter((part) => !known.has(identityOf(part)))
  })
  return [...parts, ...more]
}

function identityOf(part: Part): string {
  if (part.type === "file") return part.fileId
  return part.type === "generation" ? part.generationId : JSON.stringify(part)
}
