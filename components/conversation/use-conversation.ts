import { useRouter } from "next/navigation"
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react"
import { AppError } from "@/lib/base/errors"
import type { Message } from "@/lib/message/message"
import { titleFrom } from "@/lib/message/title"
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
  regenerate: (regeneration: {
    questionId: string
    model: string
    continues?: string
  }) => Promise<void>
  stop: () => Promise<void>
  /** Shows the branch through a message, wherever it is; `isPick` ends a comparison. */
  choose: (id: string, isPick?: boolean) => Promise<void>
  /** Reads older messages; what it settles with puts them there. */
  readEarlier: (count?: number) => Promise<(() => void) | null>
}

type Initial = {
  messages: Message[]
  modelNames: Record<string, string>
  headId: string | null
  title: string | null
}

type Open = { store: ConversationStore; client: TurnClient }

// What is and was on the screen, by id. A new conversation gets its own address while its first answer
// comes: the page that takes over goes on with the same words. One that is come back to is shown as it
// was left, and read again behind: what the router kept of it may be older.
const openLimit = 20
const openConversations = new Map<string, Open>()

function open(id: string, initial: Initial): Open {
  const store = new ConversationStore(initial.messages, initial.headId)
  for (const [model, name] of Object.entries(initial.modelNames)) store.modelNames.set(model, name)
  return openConversations.get(id) ?? { store, client: new TurnClient(id, store) }
}

/** Holds one conversation of the person `userId` while its page is open, in step with all other tabs. */
export function useConversation(id: string, userId: string, initial: Initial): ConversationState {
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
      if (news.type === "settled") reload()
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
    async regenerate({ questionId, model, continues }) {
      const question = store.get(questionId)
      const files = question?.parts.filter((part) => part.type === "file") ?? []
      const isPlain = files.length === 0 && countRemembered(userId, model) === 0
      const params = isPlain
        ? {}
        : await (await import("../model-form/prepare")).paramsFor(userId, model, files)
      if (store.structure.isRunning) return // asked twice meanwhile
      touch(id, { running: true })
      await client.regenerate({ questionId, model, params, continues })
    },
    stop: () => client.stop(),
    async choose(messageId, isPick = false) {
      const before = store.structure.headId
      const remember = (body: object) =>
        client.during(request(`/api/conversations/${id}`, { method: "PATCH", body }))
      // As far as the branch is here it is shown at once.
      const known = store.get(messageId) ? store.choose(messageId, isPick) : null
      if (isPick) {
        await remember({ headId: known, picked: messageId })
        return
      }
      const headId = await client.showThrough(messageId)
      if (headId !== null && headId !== before) await remember({ headId })
    },
    readEarlier: (count) => client.readEarlier(count),
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
