"use client"

import { type RefObject, useEffect, useRef } from "react"
import { flushSync } from "react-dom"
import { limits } from "@/lib/base/limits"
import type { MessageActions } from "../message-actions"

/** How far above what is seen the messages are there already, in pixels. */
const aheadPx = 2_000

/**
 * Stands above the oldest message that is here while there are older ones, and brings them as one comes
 * near, without moving what is seen. Who looks for words in the page gets all of it.
 */
export function Earlier({
  actions,
  firstId,
  scroller,
}: {
  actions: MessageActions
  firstId: string
  scroller: RefObject<HTMLDivElement | null>
}) {
  const button = useRef<HTMLButtonElement>(null)
  const bring = useRef(async (_count?: number) => false)
  bring.current = async (count) => {
    const put = await actions.readEarlier(count)
    const box = scroller.current
    const first = document.getElementById(firstId)
    if (!put || !box || !first) return false
    const before = first.getBoundingClientRect().top
    flushSync(put)
    box.scrollTop += first.getBoundingClientRect().top - before
    return true
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: with another first one it is looked at anew
  useEffect(() => {
    const { current } = button
    if (!current) return
    const observer = new IntersectionObserver(
      // Several may have been noted since the last call: the newest one counts.
      (entries) => entries.at(-1)?.isIntersecting && void bring.current(),
      { root: scroller.current, rootMargin: `${aheadPx}px 0px 0px` },
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [firstId])

  useEffect(() => {
    const onKeyDown = async (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "f") return
      while (await bring.current(limits.messagesPerPageMax));
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  }, [])

  return (
    <button
      ref={button}
      type="button"
      onClick={() => void bring.current()}
      className="mx-auto rounded-md px-3 py-1.5 text-ink-2 text-sm hover:text-ink"
    >
      Earlier messages
    </button>
  )
}
