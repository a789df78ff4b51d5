"use client"

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react"
import type { ConversationPage, ConversationSummary } from "@/lib/db/conversations"
import { request, requestJson } from "../api"

type Conversations = ConversationPage & {
  /** Puts a conversation first: it is new, or was spoken in just now. */
  touch(id: string, change: { title?: string; running?: boolean }): void
  rename(id: string, title: string): Promise<void>
  remove(id: string): Promise<void>
  loadMore(): Promise<void>
}

const lookEveryMs = 5_000

const Context = createContext<Conversations | null>(null)

/** The list of the side bar, shared with the page that is open. */
export function ConversationsProvider({
  initial,
  children,
}: {
  initial: ConversationPage
  children: ReactNode
}) {
  const [page, setPage] = useState(initial)
  const value = useMemo<Conversations>(() => {
    const change = (id: string, edit: Partial<ConversationSummary>) =>
      setPage((page) => ({
        ...page,
        conversations: page.conversations.map((item) =>
          item.id === id ? { ...item, ...edit } : item,
        ),
      }))
    return {
      ...page,
      touch: (id, edit) => setPage((page) => ({ ...page, conversations: touched(page, id, edit) })),
      async rename(id, title) {
        const saved = await requestJson<{ title: string }>(`/api/conversations/${id}`, {
          method: "PATCH",
          body: { title },
        })
        change(id, { title: saved.title })
      },
      async remove(id) {
        await request(`/api/conversations/${id}`, { method: "DELETE" })
        setPage((page) => ({
          ...page,
          conversations: page.conversations.filter((item) => item.id !== id),
        }))
      },
      async loadMore() {
        const more = await requestJson<ConversationPage>(
          `/api/conversations?cursor=${encodeURIComponent(page.nextCursor ?? "")}`,
        )
        const known = new Set(page.conversations.map((item) => item.id))
        const fresh = more.conversations.filter((item) => !known.has(item.id))
        setPage((page) => ({
          conversations: [...page.conversations, ...fresh],
          nextCursor: more.nextCursor,
        }))
      },
    }
  }, [page])
  const hasRunning = page.conversations.some((conversation) => conversation.running)
  useEffect(() => {
    if (!hasRunning) return
    // Answers that no page here follows end as well.
    const timer = setInterval(async () => {
      const fresh = await requestJson<ConversationPage>("/api/conversations").catch(() => null)
      if (fresh) setPage((page) => withRunning(page, fresh))
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [hasRunning])
  return <Context value={value}>{children}</Context>
}

export function useConversations(): Conversations {
  const conversations = useContext(Context)
  if (!conversations) throw new Error("useConversations stands outside of its provider")
  return conversations
}

function withRunning(page: ConversationPage, fresh: ConversationPage): ConversationPage {
  const running = new Map(fresh.conversations.map(({ id, running }) => [id, running]))
  return {
    ...page,
    conversations: page.conversations.map((item) => ({
      ...item,
      running: running.get(item.id) ?? item.running,
    })),
  }
}

function touched(
  page: ConversationPage,
  id: string,
  edit: { title?: string; running?: boolean },
): ConversationSummary[] {
  const known = page.conversations.find((item) => item.id === id)
  // It was deleted meanwhile, or is further down than the list goes.
  if (!known && edit.title === undefined) return page.conversations
  const isOver = edit.running === false
  const entry = { id, title: "New chat", running: false, ...known, ...edit }
  // An answer that ends changes nothing of the order.
  const updatedAt = isOver && known ? known.updatedAt : new Date().toISOString()
  if (isOver && known) {
    return page.conversations.map((item) => (item.id === id ? { ...entry, updatedAt } : item))
  }
  return [{ ...entry, updatedAt }, ...page.conversations.filter((item) => item.id !== id)]
}
