import type { Model } from "../../models/model"

/** Lower-case names that were offered once: when last, and what comes nearest. */
export type RetiredNames = ReadonlyMap<string, { since: string | null; successor: string | null }>

/** Where a name of a model leads. */
export type Whereabouts =
  | { state: "offered"; model: Model }
  | { state: "retired"; since: string | null; successor: Model | null }
  /** `model` is a bare one to ask on trust, for as long as the list cannot be relied on. */
  | { state: "unknown"; model: Model | null }

/** The nearest successor that is offered now; a successor may itself have retired since. */
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

/** What a person is told who asked a model that is gone. */
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
