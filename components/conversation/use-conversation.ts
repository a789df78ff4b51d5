import { useRouter } from "next/navigation"
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react"
import type { Message } from "@/lib/message"
import { titleFrom } from "@/lib/title"
import { request } from "../api"
import { countRemembered } from "../model-form/remembered"
import { useConversations } from "../shell/conversations"
import { ConversationStore, type Structure } from "./conversation-store"
import { type Outgoing, TurnClient } from "./turn-client"

export type ConversationState = {
  store: ConversationStore
  structure: Structure
  ask: (message: Outgoing, model: string) => Promise<void>
  /** With the settings that the person `userId` has for the model now. */
  regenerate: (questionId: string, model: string, userId: string) => Promise<void>
  stop: () => Promise<void>
  choose: (id: string) => Promise<void>
}

type Open = { store: ConversationStore; client: TurnClient }

// What is and was on the screen, by id. A new conversation gets its own address while its first answer
// comes: the page that takes over goes on with the same words. One that is come back to is shown as it
// was left, and read again behind: what the router kept of it may be older.
const openLimit = 20
const openConversations = new Map<string, Open>()

function open(id: string, initial: { messages: Message[]; headId: string | null }): Open {
  const store = new ConversationStore(initial.messages, initial.headId)
  return openConversations.get(id) ?? { store, client: new TurnClient(id, store) }
}

/** Holds one conversation while its page is open; keeps the side bar and the address in step. */
export function useConversation(
  id: string,
  initial: { messages: Message[]; headId: string | null; title: string | null },
): ConversationState {
  const [here] = useState(() => open(id, initial))
  const { store, client } = here
  const router = useRouter()
  const structure = useSyncExternalStore(
    useCallback((callback: () => void) => store.watch("structure", callback), [store]),
    () => store.structure,
    () => store.structure,
  )
  const { touch } = useConversations()
  const latestTouch = useRef(touch)
  latestTouch.current = touch

  useEffect(() => {
    const isReturn = openConversations.delete(id) && store.structure.headId !== null
    openConversations.set(id, here)
    const [oldest] = openConversations.keys()
    if (openConversations.size > openLimit && oldest) openConversations.delete(oldest)
    client.enter()
    const onReturn = () => void client.follow()
    if (isReturn && !store.structure.isRunning) void client.reload().catch(() => undefined)
    else onReturn()
    const onOnline = () => client.reconnect()
    addEventListener("online", onOnline)
    document.addEventListener("visibilitychange", onReturn)
    return () => {
      client.leave()
      removeEventListener("online", onOnline)
      document.removeEventListener("visibilitychange", onReturn)
    }
  }, [id, here, client, store])

  const wasRunning = useRef(structure.isRunning)
  useEffect(() => {
    if (wasRunning.current && !structure.isRunning) latestTouch.current(id, { running: false })
    wasRunning.current = structure.isRunning
  }, [id, structure.isRunning])

  return {
    store,
    structure,
    async ask(message, model) {
      const isNew = store.structure.headId === null
      await client.ask(message, model)
      const words = message.text.trim() || message.files[0]?.name || ""
      touch(id, { title: initial.title ?? titleFrom(words), running: true })
      if (isNew && client.isHere) router.replace(`/conversations/${id}`, { scroll: false })
    },
    async regenerate(questionId, model, userId) {
      const question = store.get(questionId)
      const files = question?.parts.filter((part) => part.type === "file") ?? []
      const isPlain = files.length === 0 && countRemembered(userId, model) === 0
      const params = isPlain
        ? {}
        : await (await import("../model-form/prepare")).paramsFor(userId, model, files)
      if (store.structure.isRunning) return // asked twice meanwhile
      touch(id, { running: true })
      await client.regenerate(questionId, model, params)
    },
    stop: () => client.stop(),
    async choose(versionId) {
      const headId = store.choose(versionId)
      await request(`/api/conversations/${id}`, { method: "PATCH", body: { headId } })
    },
  }
}

/** One message, watched apart from all others. */
export function useMessage(store: ConversationStore, id: string): Message | undefined {
  return useSyncExternalStore(
    useCallback((callback: () => void) => store.watch(id, callback), [store, id]),
    () => store.get(id),
    () => store.get(id),
  )
}
