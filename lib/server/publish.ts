import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { processWide } from "../base/process-wide"
import { notifyConversations } from "../db/listen"
import type { User } from "../db/users"
import { errorFields, log } from "./log"

/** Changes within this interval are published in one statement, which matters on a busy server. */
const heapMs = 100

const state = processWide("tell", () => ({
  waiting: new Map<string, string>(),
  isTelling: false,
}))

/**
 * Publishes a conversation's current state, or its deletion, to the person's tabs. Fire and forget: a tab that
 * misses the event polls.
 */
export function publishConversation(user: Pick<User, "id">, id: string): void {
  state.waiting.set(id, user.id)
  if (state.isTelling) return
  state.isTelling = true
  void publishWaiting()
}

async function publishWaiting(): Promise<void> {
  while (state.waiting.size > 0) {
    await pause(heapMs)
    const told = [...state.waiting].map(([id, userId]) => ({ id, userId }))
    state.waiting.clear()
    await notifyConversations(told).catch((error) => log("warn", "tell-failed", errorFields(error)))
  }
  // In the same step as the look: what is told from now on begins anew instead of waiting for the next.
  state.isTelling = false
}
