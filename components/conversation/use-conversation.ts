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

/** Holds one conversation while its page is open; keeps the side bar and the address in step. */
export function useConversation(
  id: string,
  initial: { messages: Message[]; headId: string | null; title: string | null },
): ConversationState {
  const [store] = useState(() => new ConversationStore(initial.messages, initial.headId))
  const [client] = useState(() => new TurnClient(id, store))
  const structure = useSyncExternalStore(
    useCallback((callback: () => void) => store.watch("structure", callback), [store]),
    () => store.structure,
    () => store.structure,
  )
  const { touch } = useConversations()
  const latestTouch = useRef(touch)
  latestTouch.current = touch

  useEffect(() => {
    client.enter()
    void client.follow().catch(() => undefined)
    const onReturn = () => void client.follow().catch(() => undefined)
    addEventListener("online", onReturn)
    document.addEventListener("visibilitychange", onReturn)
    return () => {
      client.leave()
      removeEventListener("online", onReturn)
      document.removeEventListener("visibilitychange", onReturn)
    }
  }, [client])

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
        if (isNew) history.replaceState(null, "", `/conversations/${id}`)
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
