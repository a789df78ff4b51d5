"use client"

import { useState } from "react"
import { useHydrated } from "../ui/before-hydration/hydrated"
import { ConversationItem } from "./conversation-item"
import { useConversations } from "./conversations"
import { groupByDate } from "./date-groups"

/** The saved conversations by date. `now` is the server's, for the first render. */
export function ConversationList({ now }: { now: string }) {
  const { conversations, nextCursor, loadMore } = useConversations()
  const [isLoading, setLoading] = useState(false)
  const isHydrated = useHydrated()
  const groups = isHydrated
    ? groupByDate(conversations, new Date(), undefined)
    : groupByDate(conversations, new Date(now), "UTC")
  if (conversations.length === 0) {
    return <p className="px-4 py-2 text-ink-3">What you ask is kept here.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className="px-4 pb-1 font-medium text-ink-3 text-xs">{group.label}</h2>
          <ul className="px-2">
            {group.conversations.map((conversation) => (
              <ConversationItem key={conversation.id} conversation={conversation} />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor && (
        <button
          type="button"
          disabled={isLoading}
          onClick={() => {
            setLoading(true)
            void loadMore()
              .catch(() => undefined) // the button stays for another try
              .finally(() => setLoading(false))
          }}
          className="mx-2 h-9 rounded-md px-2 text-start text-ink-2 hover:bg-hover"
        >
          Show earlier
        </button>
      )}
    </div>
  )
}
