import { type FileKind, fileKinds } from "@/lib/base/file-kinds"

/** Which files the library shows, as its address says it. */
export type Filters = {
  kind: FileKind | null
  model: string | null
  source: "upload" | "generated" | null
  date: "today" | "week" | "month" | null
  q: string
}

export const noFilters: Filters = { kind: null, model: null, source: null, date: null, q: "" }

const sources = ["upload", "generated"] as const
const dates = ["today", "week", "month"] as const
const days = { week: 7, month: 30 }

/** What an address asks for; what it does not know is left out. */
export function readFilters(params: URLSearchParams): Filters {
  return {
    kind: oneOf(fileKinds, params.get("kind")),
    model: /^[\x21-\x7e]{1,200}$/.exec(params.get("model") ?? "")?.[0] ?? null,
    source: oneOf(sources, params.get("source")),
    date: oneOf(dates, params.get("date")),
    q: (params.get("q") ?? "").slice(0, 200),
  }
}

/** The same as the end of an address; nothing where nothing is asked for. */
export function writeFilters(filters: Filters): string {
  const given = Object.entries(filters).filter(([, value]) => value)
  const params = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return given.length > 0 ? `?${params}` : ""
}

/** From when on files are meant, by the clock and the midnight of whoever asks. */
export function sinceOf(date: Filters["date"], now: Date): Date | undefined {
  if (date === null) return undefined
  if (date === "today") return new Date(now.getFullYear(), now.getMonth(), now.getDate())
  return new Date(now.getTime() - days[date] * 86_400_000)
}

/** The address to read files from. */
export function filesPath(filters: Filters, cursor: string | null = null): string {
  const { date, ...rest } = filters
  const since = sinceOf(date, new Date())?.toISOString()
  const given = Object.entries({ ...rest, since, cursor }).filter(([, value]) => value)
  return `/api/files?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((each) => each === value) ?? null
}
