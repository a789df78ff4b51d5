import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { findMessage } from "../db/messages"
import type { User } from "../db/users"
import { type Cursor, startCursor } from "../message/cursor"
import type { Message, Part } from "../message/message"
import { listOf, type PartList } from "../message/part-buffer"
import type { Chunk } from "../message/parts"
import { type AnswerInProgress, localRuns } from "./local-run"
import { joinRemoteRun, leaveRemoteRun } from "./remote-run"
import { createWakeup } from "./wakeup"

/** A frame: a word that comes alone goes out at once, what follows within goes out together. */
const heapMs = 16

/** How often an open stream asks whether its reader may still read. */
const recheckMs = 15_000

/** Events as they come, some at a time; the last ones are what is returned. */
export type Heaps = AsyncGenerator<Chunk[], Chunk[]>

export type Reader = {
  user: User
  /** Aborted when the reader leaves. */
  signal: AbortSignal
  /** Whether the session that opened the stream still holds. */
  isSignedIn: () => Promise<boolean>
}

/**
 * An answer of the user as stream events from a place on: what there is at once, then what comes, then
 * how it ended. Wherever it is written, and also when it ended long ago. Ends when the reader leaves or
 * is signed out.
 */
export async function* follow(
  reader: Reader,
  conversationId: string,
  messageId: string,
  from: Cursor = startCursor,
): Heaps {
  // At once: with it the reader knows that the question is saved, however long the model thinks.
  yield [{ type: "start", messageId }]
  const sent = { ...from }
  const live = localRuns.get(messageId)
  if (live) return yield* growth(reader, live, sent)
  const message = await findMessage(reader.user, conversationId, messageId)
  if (!message) return [{ type: "abort", reason: "deleted" }]
  if (message.status !== "running") return ending(sent, message)
  const remoteRun = joinRemoteRun(reader.user, conversationId, messageId)
  try {
    return yield* growth(reader, remoteRun, sent)
  } finally {
    leaveRemoteRun(remoteRun)
  }
}

async function* growth(
  { signal, isSignedIn }: Reader,
  growing: AnswerInProgress,
  sent: Cursor,
): Heaps {
  const wakeup = createWakeup()
  const forget = growing.watch(wakeup.notify)
  const check = setInterval(wakeup.notify, recheckMs)
  signal.addEventListener("abort", wakeup.notify)
  let checkedAt = performance.now()
  let sentAt = Number.NEGATIVE_INFINITY
  try {
    while (!signal.aborted) {
      const now = performance.now()
      if (now - checkedAt > recheckMs) {
        // A database that is away says nothing about the reader; what this process writes goes on.
        if (!(await isSignedIn().catch(() => true)))
          return [{ type: "abort", reason: "signed out" }]
        checkedAt = now
      }
      if (growing.isGone) return [{ type: "abort", reason: "deleted" }]
      if (growing.end) return ending(sent, growing.end)
      const heap = [...newChunks(sent, growing.list)]
      if (heap.length > 0) {
        sentAt = now
        yield heap
      }
      await wakeup.wait()
      const waitMs = sentAt + heapMs - performance.now()
      if (waitMs > 1) await pause(waitMs)
    }
    return []
  } finally {
    clearInterval(check)
    forget()
    signal.removeEventListener("abort", wakeup.notify)
  }
}

function ending(
  sent: Cursor,
  message: Partial<Omit<Message, "parts">> & { parts: readonly Part[] },
): Chunk[] {
  const list = listOf(message.parts)
  const finish = {
    type: "finish" as const,
    messageMetadata: { ...message, parts: [...message.parts] },
  }
  return [...newChunks(sent, list), ...closePart(sent, list), finish]
}

/** The events that bring a reader from a place in the parts to their end; moves the place. */
export function* newChunks(sent: Cursor, list: PartList): Generator<Chunk> {
  for (;;) {
    const part = list.at(sent.part)
    if (part && "text" in part) {
      const delta = list.textFrom(sent.part, sent.chars)
      sent.chars += delta.length
      if (delta !== "") yield { type: `${part.type}-delta`, id: String(sent.part), delta }
    }
    const next = list.at(sent.part + 1)
    if (!next) return
    yield* closePart(sent, list)
    sent.part += 1
    sent.chars = 0
    yield* opening(next, String(sent.part))
  }
}

function* opening(part: Part, id: string): Generator<Chunk> {
  if ("text" in part) yield { type: `${part.type}-start`, id }
  else if (part.type === "tool-call") {
    const { callId: toolCallId, name: toolName, input } = part
    yield { type: "tool-input-available", toolCallId, toolName, input, dynamic: true }
  } else if (part.type === "tool-result") yield toolResult(part)
  else yield { type: "data-part", data: part }
}

function toolResult(part: Extract<Part, { type: "tool-result" }>): Chunk {
  const { callId: toolCallId, output, error, durationMs } = part
  const providerMetadata = { polylogue: { durationMs } }
  if (error === null) {
    return { type: "tool-output-available", toolCallId, output, providerMetadata, dynamic: true }
  }
  return {
    type: "tool-output-error",
    toolCallId,
    errorText: error,
    providerMetadata,
    dynamic: true,
  }
}

function* closePart(sent: Cursor, list: PartList): Generator<Chunk> {
  const part = list.at(sent.part)
  if (!part || !("text" in part)) return
  const id = String(sent.part)
  if (part.type === "text") yield { type: "text-end", id }
  else yield { type: "reasoning-end", id, providerMetadata: durationOf(part.durationMs) }
}

function durationOf(durationMs: number | undefined) {
  return { polylogue: durationMs === undefined ? {} : { durationMs } }
}
