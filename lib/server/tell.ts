import "server-only"
import { findSummary } from "../db/conversations"
import type { User } from "../db/users"
import { errorFields, log } from "./log"
import { publish } from "./news"

/** Tells the tabs of a person how a conversation stands in the side bar. Nobody waits for it. */
export function tellConversation(user: Pick<User, "id">, id: string): void {
  findSummary(user, id)
    .then((summary) => {
      const news = summary ? { type: "conversation" as const, ...summary } : deleted(id)
      publish({ about: "user", userId: user.id, news })
    })
    .catch((error) => log("warn", "tell-failed", errorFields(error)))
}

/** Tells the tabs of a person that a conversation has other messages, or shows another branch. */
export function tellMessages(user: User, id: string, headId: string): void {
  publish({ about: "user", userId: user.id, news: { type: "messages", id, headId } })
}

export function tellDeleted(user: User, id: string): void {
  publish({ about: "user", userId: user.id, news: deleted(id) })
}

function deleted(id: string) {
  return { type: "deleted" as const, id }
}
