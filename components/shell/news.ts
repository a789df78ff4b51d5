import { AppError } from "@/lib/base/errors"
import type { News } from "@/lib/base/news"
import { request } from "../api"
import { readEvents } from "../read-events"

const firstPauseMs = 1_000
const maxPauseMs = 15_000
const listeners = new Set<(news: News) => void>()

/** Calls back with what changes in this person's conversations, in whatever tab or process. */
export function onNews(callback: (news: News) => void): () => void {
  listeners.add(callback)
  return () => listeners.delete(callback)
}

/**
 * Hears the news for as long as the returned function is not called. Of all tabs of a browser one holds
 * the connection and tells the others: browsers allow a site six connections only.
 */
export function hearNews(userId: string): () => void {
  const name = `polylogue-news:${userId}`
  const ending = new AbortController()
  const tabs = new BroadcastChannel(name)
  // Other tabs of ours and our own server: the shape is their promise.
  tabs.onmessage = (event: MessageEvent<News>) => deliver(event.data)
  const tell = (news: News) => {
    deliver(news)
    tabs.postMessage(news)
  }
  const work = () => keepHearing(tell, ending.signal)
  // Without a secure context there are no locks: then each tab hears for itself.
  if (navigator.locks) {
    navigator.locks.request(name, { signal: ending.signal }, work).catch(() => undefined)
  } else void work()
  return () => {
    ending.abort()
    tabs.close()
  }
}

function deliver(news: News): void {
  for (const listener of [...listeners]) listener(news)
}

async function keepHearing(tell: (news: News) => void, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  let isAgain = false
  while (!signal.aborted) {
    try {
      const response = await request("/api/news", { signal })
      // What was told in between is not told again.
      if (isAgain) tell({ type: "missed" })
      pauseMs = firstPauseMs
      for await (const data of readEvents(response, signal)) tell(data as News)
    } catch (error) {
      if (error instanceof AppError && error.status === 401) return
    }
    isAgain = true
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(maxPauseMs, pauseMs * 2)
  }
}
