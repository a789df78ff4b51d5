import { useSyncExternalStore } from "react"
import type { FilePart } from "@/lib/message/message"

type Taker = (part: FilePart) => void

const takers = new Set<Taker>()
const watchers = new Set<() => void>()

/** Calls back with files that are to be used in what is written next, until the returned function is called. */
export function takeInputs(taker: Taker): () => void {
  const change = (edit: () => void) => {
    edit()
    for (const watcher of watchers) watcher()
  }
  change(() => takers.add(taker))
  return () => change(() => takers.delete(taker))
}

/** Gives a file to whatever is written in on this page. */
export function offerInput(part: FilePart): void {
  for (const taker of takers) taker(part)
}

/** Whether there is a place on this page where files can be used. */
export function useHasTaker(): boolean {
  return useSyncExternalStore(
    watch,
    () => takers.size > 0,
    () => true,
  )
}

function watch(callback: () => void): () => void {
  watchers.add(callback)
  return () => watchers.delete(callback)
}
