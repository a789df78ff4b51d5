import { useRouter } from "next/navigation"
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react"
import { AppError } from "@/lib/errors"
import type { Message } from "@/lib/message"
import { titleFrom } from "@/lib/title"
import { request } from "../api"
import { countRemembered } from "../model-form/remembered"
import { useConversations } from "../shell/conversations"
import { onNews } from "../shell/news"
import { ConversationStore, type Structure } from "./conversation-store"
import { type Outgoing, TurnClient } from "./turn-client"

export type ConversationState = {
  store: ConversationStore
  structure: Structure
  /** Below the head, or as another version of the question `instead`. */
  ask: (message: Outgoing, models: readonly string[], instead?: string) => Promise<void>
  /** Another answer to a question, with the settings that the person has for the model now. */
  answerFurther: (further: {
    questionId: string
    model: string
    continues?: string
  }) => Promise<void>
  stop: () => Promise<void>
  /** Shows the branch through another version of a message; `isPick` ends a comparison. */
  choose: (id: string, isPick?: boolean) => Promise<void>
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

/** Holds one conversation of the person `userId` while its page is open, in step with all other tabs. */
export function useConversation(
  id: string,
  userId: string,
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
    const reload = () => void client.reload().catch(() => undefined)
    const onReturn = () => client.follow()
    if (isReturn && !store.structure.isRunning) reload()
    else onReturn()
    const onOnline = () => client.reconnect()
    const forgetNews = onNews((news) => {
      if (news.type === "missed" && store.structure.headId !== null) reload()
      if (!("id" in news) || news.id !== id) return
      if (news.type === "deleted") client.giveUp(new AppError("not_found"))
      const isKnown = news.type === "conversation" && store.structure.headId === news.headId
      if (news.type === "conversation" && !isKnown) reload()
    })
    addEventListener("online", onOnline)
    document.addEventListener("visibilitychange", onReturn)
    return () => {
      client.leave()
      forgetNews()
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
    async ask(message, models, instead) {
      const isNew = store.structure.headId === null
      const parentId = instead === undefined ? undefined : (store.get(instead)?.parentId ?? null)
      await client.ask(message, models, parentId)
      const words = message.text.trim() || message.files[0]?.name || ""
      touch(id, { title: initial.title ?? titleFrom(words), running: true })
      if (isNew && client.isHere) router.replace(`/conversations/${id}`, { scroll: false })
    },
    async answerFurther({ questionId, model, continues }) {
      const question = store.get(questionId)
      const files = question?.parts.filter((part) => part.type === "file") ?? []
      const isPlain = files.length === 0 && countRemembered(userId, model) === 0
      const params = isPlain
        ? {}
        : await (await import("../model-form/prepare")).paramsFor(userId, model, files)
      if (store.structure.isRunning) return // asked twice meanwhile
      touch(id, { running: true })
      await client.answerFurther({ questionId, model, params, continues })
    },
    stop: () => client.stop(),
    async choose(versionId, isPick = false) {
      const headId = store.choose(versionId, isPick)
      const body = { headId, ...(isPick && { picked: versionId }) }
      await client.during(request(`/api/conversations/${id}`, { method: "PATCH", body }))
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
