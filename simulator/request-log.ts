/** What the simulator remembers of one request, for tests to look at. */
export interface LogEntry {
  id: string
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
  /** The last user message or prompt; what rules and `?match=` look at. */
  prompt: string
  /** Absent while nothing has been validated: a GET, a missing key. */
  valid?: boolean
  validationErrors: { path: string; message: string }[]
  status?: number
  startedAt: string
  firstByteAt?: string
  closedByClientAt?: string
  finishedAt?: string
  chunksSent: number
  /** Everything said so far, cut at 100,000 characters. */
  textSent: string
  charactersSent: number
}

const limit = 2_000
const longestTextKept = 100_000

/** Shortens huge strings, such as attached files, so that the log stays small. */
export function clipped(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > longestTextKept
      ? `${value.slice(0, 200)}… (${value.length} characters)`
      : value
  }
  if (Array.isArray(value)) return value.map(clipped)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clipped(entry)]))
}

/** Notes text that went out to the client. */
export function recordText(entry: LogEntry, text: string): void {
  entry.charactersSent += text.length
  if (entry.textSent.length < longestTextKept) {
    entry.textSent += text.slice(0, longestTextKept - entry.textSent.length)
  }
}

/** The last requests of one simulator, and how many there were in all. */
export class RequestLog {
  private entries: LogEntry[] = []
  private counts = { requests: 0, valid: 0, refused: 0 }

  add(entry: LogEntry): void {
    this.counts.requests++
    this.entries.push(entry)
    if (this.entries.length > limit) this.entries.shift()
  }

  judge(entry: LogEntry, errors: LogEntry["validationErrors"]): void {
    entry.valid = errors.length === 0
    entry.validationErrors = errors
    if (entry.valid) this.counts.valid++
    else this.counts.refused++
  }

  matching(text: string | null): LogEntry[] {
    return text ? this.entries.filter((entry) => entry.prompt.includes(text)) : this.entries
  }

  totals(): { requests: number; valid: number; refused: number } {
    return { ...this.counts }
  }
}
