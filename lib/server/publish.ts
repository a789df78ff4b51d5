import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { processWide } from "../base/process-wide"
import { notifyConversations } from "../db/listen"
import type { User } from "../db/users"
import { errorFields, log } from "./log"

/** What changes within this time is told together: a busy process tells hundreds in one statement. */
const heapMs = 100

const state = processWide("tell", () => ({
  waiting: new Map<string, string>(),
  isTelling: false,
}))

/**
 * Tells the tabs of a person how a conversation stands now, or that it is gone. Nobody waits for it; who is
 * not reached looks by itself.
 */
export function publishConversation(user: Pick<User, "id">, id: string): void {
  state.waiting.set(id, user.id)
  if (state.isTelling) return
  state.isTelling = true
  void publishWaiting().finally(() => {
    state.isTelling = false
  })
}

async function publishWaiting(): Promise<void> {
  while (state.waiting.size > 0) {
    await pause(heapMs)
    const told = [...state.waiting].map(([id, userId]) => ({ id, userId }))
    state.waiting.clear()
    await notifyConversations(told).catch((error) => log("warn", "tell-failed", errorFields(error)))
  }
}
