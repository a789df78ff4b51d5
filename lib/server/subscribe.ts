import "server-only"
import { EventEmitter } from "node:events"
import { z } from "zod"
import { newsSchema } from "../base/news"
import { processWide } from "../base/process-wide"
import { listen, notify } from "../db/listen"
import { errorFields, log } from "./log"

const runNewsSchema = z.discriminatedUnion("about", [
  /** An answer got more text, or ended. */
  z.object({ about: z.literal("run"), messageId: z.string() }),
  /** A request to stop an answer. */
  z.object({ about: z.literal("stop"), messageId: z.string() }),
  /** A generation made progress or ended. */
  z.object({ about: z.literal("generation"), generationId: z.string() }),
  /** A change to something shown in a person's tabs. */
  z.object({ about: z.literal("user"), userId: z.string(), news: newsSchema }),
])
type Wire = z.infer<typeof runNewsSchema>

const state = processWide("news", () => ({
  // One listener per reader and tab, so no fixed maximum.
  emitter: new EventEmitter().setMaxListeners(0),
  isListening: false,
  close: null as (() => Promise<void>) | null,
}))

/** Starts listening to events of all processes. Call once per process. */
export function startListening(): void {
  state.close ??= listen(
    (payload) => {
      const parsed = runNewsSchema.safeParse(readJson(payload))
      if (parsed.success) state.emitter.emit(keyOf(parsed.data), parsed.data)
    },
    (isListening) => {
      state.isListening = isListening
      state.emitter.emit("state")
    },
  )
}

export async function stopListening(): Promise<void> {
  await state.close?.()
}

/** Whether events between processes currently arrive; if not, poll. */
export function isListening(): boolean {
  return state.isListening
}

/** Publishes to all processes. Delivery is best effort, so a failure is only logged. */
export function publish(wire: Wire): void {
  notify(JSON.stringify(wire)).catch((error) => log("warn", "notify-failed", errorFields(error)))
}

/** Calls back with each event about one run, stop, generation or person. Returns the function that unsubscribes. */
export function subscribe(
  about: Wire["about"],
  id: string,
  callback: (wire: Wire) => void,
): () => void {
  const key = `${about} ${id}`
  state.emitter.on(key, callback)
  return () => state.emitter.off(key, callback)
}

/** Calls back when the connection to the other processes breaks or is back. */
export function subscribeToState(callback: () => void): () => void {
  state.emitter.on("state", callback)
  return () => state.emitter.off("state", callback)
}

function keyOf(wire: Wire): string {
  if (wire.about === "user") return `user ${wire.userId}`
  return `${wire.about} ${wire.about === "generation" ? wire.generationId : wire.messageId}`
}

function readJson(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return null // not a message of this version
  }
}
