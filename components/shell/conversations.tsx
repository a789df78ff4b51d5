"use client"

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react"
import type { ConversationPage, ConversationSummary } from "@/lib/db/conversations"
import { request, requestJson } from "../api"
import { touched, withFresh, without, withSummary } from "./list-changes"
import { hearNews, onNews } from "./news"

type Conversations = ConversationPage & {
  /** Puts a conversation first: it is new, with this title, or was spoken in just now. */
  touch(id: string, change: { title?: string; running?: boolean }): void
  rename(id: string, title: string): Promise<void>
  remove(id: string): Promise<void>
  loadMore(): Promise<void>
}

const Context = createContext<Conversations | null>(null)

/** The list of the side bar, shared with the page that is open. */
export function ConversationsProvider({
  userId,
  initial,
  children,
}: {
  userId: string
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
        setPage((page) => without(page, id))
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
  useEffect(() => {
    const forget = onNews((news) => {
      if (news.type === "conversation") setPage((page) => withSummary(page, news))
      else if (news.type === "deleted") setPage((page) => without(page, news.id))
      else if (news.type === "missed") {
        requestJson<ConversationPage>("/api/conversations")
          .then((fresh) => setPage((page) => withFresh(page, fresh)))
          .catch(() => undefined) // the next news will do
      }
    })
    const stop = hearNews(userId)
    return () => {
      stop()
      forget()
    }
  }, [userId])
  return <Context value={value}>{children}</Context>
}

export function useConversations(): Conversations {
  const conversations = useContext(Context)
  if (!conversations) throw new Error("useConversations stands outside of its provider")
  return conversations
}
