import { useMemo, useSyncExternalStore } from "react"
import type { Json, Params } from "@/lib/base/json"
import { paramsKey, readRemembered, remember, slotsKey, watchRemembered } from "./remembered"

/** Files whose place is remembered; older ones were sent long ago. */
const keptChoices = 100

/** What a person set for a model. */
export function readParams(userId: string, modelId: string): Params {
  // JSON that this page wrote: its values are JSON.
  return readRemembered(paramsKey(userId, modelId)) as Params
}

/** The same, watched, and how to change one of them; undefined takes it back. */
export function useParams(userId: string, modelId: string) {
  const key = paramsKey(userId, modelId)
  const raw = useStored(key)
  // Nothing while a page of the server wakes, which knows nothing of it either.
  const params = useMemo(
    () => (raw === null ? {} : readParams(userId, modelId)),
    [userId, modelId, raw],
  )
  function set(name: string, value: Json | undefined): void {
    const { [name]: _before, ...rest } = readParams(userId, modelId)
    remember(key, value === undefined ? rest : { ...rest, [name]: value })
  }
  return { params, set, resetAll: () => remember(key, {}) }
}

/** The places that a person chose for files, by file id. */
export function readSlotChoices(userId: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readRemembered(slotsKey(userId))).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  )
}

export function useSlotChoices(userId: string) {
  const raw = useStored(slotsKey(userId))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `raw` is what is read
  const choices = useMemo(() => readSlotChoices(userId), [userId, raw])
  function choose(fileId: string, slot: string): void {
    const { [fileId]: _before, ...rest } = readSlotChoices(userId)
    const entries = [...Object.entries(rest), [fileId, slot]].slice(-keptChoices)
    remember(slotsKey(userId), Object.fromEntries(entries))
  }
  return [choices, choose] as const
}

function useStored(key: string): string | null {
  return useSyncExternalStore(
    watchRemembered,
    () => localStorage.getItem(key),
    () => null,
  )
}
