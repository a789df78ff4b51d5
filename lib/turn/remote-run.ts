import "server-only"
import { processWide } from "../base/process-wide"
import type { Answer } from "../db/answer-states"
import { findMessage } from "../db/messages"
import { findRunStart, followRun, listEvents } from "../db/runs"
import type { User } from "../db/users"
import type { Part } from "../message/message"
import { listOf, type PartList } from "../message/part-buffer"
import { fold } from "../message/part-log"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { isListening, subscribe, subscribeToState } from "../server/subscribe"
import { endLostRuns } from "./end-lost-runs"
import type { AnswerInProgress } from "./local-run"

/** How long the writer is asked to tell of news, and how often that is asked anew. */
const followSeconds = 15
const renewMs = 5_000
/** Between two looks: seldom where news are told, often where one has to look. */
const toldMs = 2_000
const lookMs = 400

/**
 * An answer that another process writes, as far as its log tells: one copy for all readers here, which
 * lives while somebody reads.
 */
export class RemoteRun implements AnswerInProgress {
  parts: readonly Part[] = []
  end: Answer | null = null
  isGone = false
  readers = 0
  #seq = -1
  #hasStart = false
  #followedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #isStale = false
  readonly #watchers = new Set<() => void>()
  readonly #unsubscribe: (() => void)[]

  constructor(
    readonly user: User,
    readonly conversationId: string,
    readonly messageId: string,
  ) {
    const look = () => void this.look()
    this.#unsubscribe = [subscribe("run", messageId, look), subscribeToState(look)]
  }

  get list(): PartList {
    return listOf(this.parts)
  }

  watch(callback: () => void): () => void {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  /** Looks for more now; while it looks already, once more after that. */
  look(): Promise<void> {
    if (this.#looking) {
      this.#isStale = true
      return this.#looking
    }
    clearTimeout(this.#timer)
    this.#looking = this.#read()
      .catch((error) => log("warn", "mirror-failed", errorFields(error)))
      .finally(() => {
        this.#looking = null
        if (this.end || this.isGone || this.readers === 0) return
        if (this.#isStale) void this.look()
        else this.#timer = setTimeout(() => void this.look(), isListening() ? toldMs : lookMs)
      })
    return this.#looking
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
  }

  async #read(): Promise<void> {
    this.#isStale = false
    if (performance.now() - this.#followedAt > renewMs) {
      await followRun(this.messageId, followSeconds)
      this.#followedAt = performance.now()
    }
    if (!this.#hasStart) {
      const start = await findRunStart(this.messageId)
      if (!start) return this.#checkEnd()
      this.parts = start
      this.#hasStart = true
    }
    const events = await listEvents(new Map([[this.messageId, this.#seq]]))
    const last = events.at(-1)
    if (!last) return this.#checkEnd()
    const words = events.flatMap((event) => event.words)
    this.parts = fold(this.parts, words)
    this.#seq = last.seq
    this.#tell()
  }

  // Nothing new: it is silent, has ended, was given up or deleted.
  async #checkEnd(): Promise<void> {
    const message = await findMessage(this.user, this.conversationId, this.messageId)
    if (message?.status === "running") {
      // Where nothing works in the background, whoever waits does.
      if (env().VERCEL) await endLostRuns()
      return
    }
    if (message) {
      const { status } = message
      this.parts = message.parts
      this.end = { ...message, status }
    } else this.isGone = true
    this.#tell()
  }

  #tell(): void {
    for (const callback of this.#watchers) callback()
  }
}

const remoteRuns = processWide("mirrors", () => new Map<string, RemoteRun>())

/** The remote run of one of the user's answers, for one more reader. Give it back with `leaveRemoteRun`. */
export function joinRemoteRun(user: User, conversationId: string, messageId: string): RemoteRun {
  // Whoever reads it asked for it by conversation and user.
  const key = `${user.id} ${conversationId} ${messageId}`
  const remoteRun = remoteRuns.get(key) ?? new RemoteRun(user, conversationId, messageId)
  remoteRuns.set(key, remoteRun)
  remoteRun.readers += 1
  if (remoteRun.readers === 1) void remoteRun.look()
  return remoteRun
}

export function leaveRemoteRun(remoteRun: RemoteRun): void {
  remoteRun.readers -= 1
  if (remoteRun.readers > 0) return
  remoteRun.close()
  const key = `${remoteRun.user.id} ${remoteRun.conversationId} ${remoteRun.messageId}`
  if (remoteRuns.get(key) === remoteRun) remoteRuns.delete(key)
}
