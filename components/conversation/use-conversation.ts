import { useRouter } from "next/navigation"
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react"
import type { Message } from "@/lib/message"
import { titleFrom } from "@/lib/title"
import { request } from "../api"
import { useConversations } from "../shell/conversations"
import { ConversationStore, type Structure } from "./conversation-store"
import { TurnClient } from "./turn-client"

export type ConversationState = {
  store: ConversationStore
  structure: Structure
  ask: (text: string, model: string) => Promise<void>
  regenerate: (questionId: string, model: string) => Promise<void>
  stop: () => Promise<void>
  choose: (id: string) => Promise<void>
}

type Open = { store: ConversationStore; client: TurnClient }

// What is on the screen, by id. A new conversation gets its own address while its first answer comes:
// the page that takes over goes on with the same words.
const openConversations = new Map<string, Open>()

function open(id: string, initial: { messages: Message[]; headId: string | null }): Open {
  const store = new ConversationStore(initial.messages, initial.headId)
  return openConversations.get(id) ?? { store, client: new TurnClient(id, store) }
}

/** Holds one conversation while its page is open; keeps the side bar and the address in step. */
export function useConversation(
  id: string,
  initial: { messages: Message[]; headId: string | null },
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
    openConversations.set(id, here)
    client.enter()
    void client.follow().catch(() => undefined)
    const onReturn = () => void client.follow().catch(() => undefined)
    addEventListener("online", onReturn)
    document.addEventListener("visibilitychange", onReturn)
    return () => {
      openConversations.delete(id)
      client.leave()
      removeEventListener("online", onReturn)
      document.removeEventListener("visibilitychange", onReturn)
    }
  }, [id, here, client])

  const wasRunning = useRef(structure.isRunning)
  useEffect(() => {
    if (wasRunning.current && !structure.isRunning) latestTouch.current(id, { running: false })
    wasRunning.current = structure.isRunning
  }, [id, structure.isRunning])

  return {
    store,
    structure,
    ask: (text, model) => {
      const isNew = store.structure.headId === null
      return client.ask(text, model, () => {
        touch(id, isNew ? { title: titleFrom(text), running: true } : { running: true })
        if (isNew) router.replace(`/conversations/${id}`, { scroll: false })
      })
    },
    regenerate: (questionId, model) => {
      touch(id, { running: true })
      return client.regenerate(questionId, model)
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
