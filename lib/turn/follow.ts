import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { findMessage } from "../db/messages"
import type { User } from "../db/users"
import type { Part } from "../message"
import type { Chunk } from "../parts"
import { liveRuns } from "./live-run"

/** Pauses between looks: a frame or two where the run is in this process, longer where it is in another. */
const livePauseMs = 40
const storedPauseMs = 500

/** How often an open stream asks whether its reader may still read. */
const recheckMs = 15_000

export type Reader = {
  user: User
  /** Aborted when the reader leaves. */
  signal: AbortSignal
  /** Whether the session that opened the stream still holds. */
  isSignedIn: () => Promise<boolean>
}

/**
 * An answer as stream events: what there is at once, then what comes, then how it ended. Wherever it is
 * written, and also when it ended long ago. Ends when the reader leaves or is signed out.
 */
export async function* follow(
  { user, signal, isSignedIn }: Reader,
  conversationId: string,
  messageId: string,
): AsyncGenerator<Chunk> {
  yield { type: "start", messageId }
  const sent: Place = { part: -1, chars: 0 }
  let checkedAt = performance.now()
  while (!signal.aborted) {
    if (performance.now() - checkedAt > recheckMs) {
      // A database that is away says nothing about the reader; what this process writes goes on.
      if (!(await isSignedIn().catch(() => true)))
        return yield { type: "abort", reason: "signed out" }
      checkedAt = performance.now()
    }
    const run = liveRuns.get(messageId)
    if (run && !run.end) {
      yield* newChunks(sent, run.parts)
      await run.changed(signal)
      // The first words go out as they come; later ones in small heaps.
      if (!run.end && sent.part >= 0) await pause(livePauseMs)
      continue
    }
    const now = run?.end ?? (await findMessage(user, conversationId, messageId))
    if (!now) return yield { type: "abort", reason: "deleted" }
    yield* newChunks(sent, now.parts)
    if (now.status !== "running") {
      yield* closePart(sent, now.parts)
      yield { type: "finish", messageMetadata: { ...now, parts: [...now.parts] } }
      return
    }
    await pause(storedPauseMs, undefined, { signal }).catch(() => undefined)
  }
}

type Place = { part: number; chars: number }

/** The events that bring a reader from a place in the parts to their end; moves the place. */
export function* newChunks(sent: Place, parts: readonly Part[]): Generator<Chunk> {
  for (;;) {
    const part = parts[sent.part]
    if (part && "text" in part && sent.chars < part.text.length) {
      const delta = part.text.slice(sent.chars)
      sent.chars = part.text.length
      yield { type: `${part.type}-delta`, id: String(sent.part), delta }
    }
    const next = parts[sent.part + 1]
    if (!next) return
    yield* closePart(sent, parts)
    sent.part += 1
    sent.chars = 0
    if ("text" in next) yield { type: `${next.type}-start`, id: String(sent.part) }
    else yield { type: "data-part", data: next }
  }
}

function* closePart(sent: Place, parts: readonly Part[]): Generator<Chunk> {
  const part = parts[sent.part]
  if (!part || !("text" in part)) return
  const id = String(sent.part)
  if (part.type === "text") yield { type: "text-end", id }
  else yield { type: "reasoning-end", id, providerMetadata: durationOf(part.durationMs) }
}

function durationOf(durationMs: number | undefined) {
  return { polylogue: durationMs === undefined ? {} : { durationMs } }
}
