import type { ConversationPage, ConversationSummary } from "@/lib/db/conversations"

/** One conversation as it stands now, at its place by when it was spoken in. */
export function withSummary(
  page: ConversationPage,
  { id, title, updatedAt, running }: ConversationSummary,
): ConversationPage {
  const others = page.conversations.filter((item) => item.id !== id)
  const last = others.at(-1)
  // Further down than the list goes: it comes with the rest.
  if (page.nextCursor && last && updatedAt < last.updatedAt)
    return { ...page, conversations: others }
  const at = others.findIndex((item) => item.updatedAt <= updatedAt)
  const summary = { id, title, updatedAt, running }
  const conversations = others.toSpliced(at < 0 ? others.length : at, 0, summary)
  return { ...page, conversations }
}

/** The list without one that was deleted. */
export function without(page: ConversationPage, id: string): ConversationPage {
  return { ...page, conversations: page.conversations.filter((item) => item.id !== id) }
}

/** The first page read anew, and what was loaded beyond it. */
export function withFresh(page: ConversationPage, fresh: ConversationPage): ConversationPage {
  const last = fresh.conversations.at(-1)
  const known = new Set(fresh.conversations.map(({ id }) => id))
  const beyond = page.conversations.filter(
    (item) => last && item.updatedAt < last.updatedAt && !known.has(item.id),
  )
  if (!fresh.nextCursor || beyond.length === 0) return fresh
  return { conversations: [...fresh.conversations, ...beyond], nextCursor: page.nextCursor }
}

/** One that is spoken in, or has just ended; `title` is what one is called that is not in the list yet. */
export function touched(
  page: ConversationPage,
  id: string,
  edit: { title?: string; running?: boolean },
): ConversationSummary[] {
  const known = page.conversations.find((item) => item.id === id)
  // It was deleted meanwhile, or is further down than the list goes.
  if (!known && edit.title === undefined) return page.conversations
  const isOver = edit.running === false
  // The list knows better what it is called: it may have been renamed since the page was made.
  const title = known?.title ?? edit.title ?? "New chat"
  const entry = { id, running: false, ...known, ...edit, title }
  // An answer that ends changes nothing of the order.
  const updatedAt = isOver && known ? known.updatedAt : new Date().toISOString()
  if (isOver && known) {
    return page.conversations.map((item) => (item.id === id ? { ...entry, updatedAt } : item))
  }
  return [{ ...entry, updatedAt }, ...page.conversations.filter((item) => item.id !== id)]
}
