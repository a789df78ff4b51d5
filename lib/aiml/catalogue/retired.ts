import type { Model } from "../../models/model"

/** Lower-case names of retired models: when they were last listed, and their successor. */
export type RetiredNames = ReadonlyMap<string, { since: string | null; successor: string | null }>

/** The result of looking up a model name. */
export type Whereabouts =
  | { state: "offered"; model: Model }
  | { state: "retired"; since: string | null; successor: Model | null }
  /** `model` is an unverified one to use while the list is unreliable. */
  | { state: "unknown"; model: Model | null }

/** The closest successor that is still offered; successors may have been retired as well. */
export function successorOf(
  name: string,
  retired: RetiredNames,
  find: (id: string) => Model | null,
): Model | null {
  const seen = new Set<string>()
  let next: string | null | undefined = name
  while (next) {
    const model = find(next)
    if (model) return model
    if (seen.has(next.toLowerCase())) return null
    seen.add(next.toLowerCase())
    next = retired.get(next.toLowerCase())?.successor
  }
  return null
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
})

/** The message shown for a retired model. */
export function retiredWords(gone: { since: string | null; successor: Model | null }): string {
  const day = new Date(gone.since ?? Number.NaN)
  const since = Number.isNaN(day.getTime())
    ? ""
    : `; it was last listed on ${dayFormat.format(day)}`
  const next = gone.successor
    ? `${gone.successor.name}, which comes nearest to it`
    : "another model"
  return `This model is no longer offered${since}. Your message is saved. Switch to ${next}.`
}
