import { z } from "zod"
import { refuseQuery } from "./query"

const longestMs = 92 * 86_400_000

/** A span of time: the start is in it, the end is not, so that windows can be added up. */
export interface Window {
  start: Date
  end: Date
}

export function isWithin({ start, end }: Window, time: Date): boolean {
  return start <= time && time < end
}

const momentSchema = z.union([z.iso.date(), z.iso.datetime({ local: true, offset: true })])

/** A moment as the usage routes read it: without an offset it is UTC, not local time. */
function momentOf(name: string, text: string): Date {
  if (!momentSchema.safeParse(text).success) refuseQuery(`${name} must be an ISO-8601 timestamp`)
  const hasOffset = !text.includes("T") || /(Z|[+-]\d\d:?\d\d)$/.test(text)
  return new Date(hasOffset ? text : `${text}Z`)
}

function periodOf(text: string): Window {
  const match = /^([1-9]\d*)([hd])$/.exec(text)
  if (!match) refuseQuery("period must be a positive integer followed by h or d")
  const lengthMs = Number(match[1]) * (match[2] === "d" ? 86_400_000 : 3_600_000)
  if (lengthMs > longestMs) refuseQuery("The window cannot exceed 92 days")
  // A millisecond more, so that what happened just now is in it.
  const end = new Date(Date.now() + 1)
  return { start: new Date(end.getTime() - lengthMs), end }
}

const windowSchema = z.object({
  period: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
})

/** The window a usage query asks for: a `period` up to now, or a `start` and an `end`. */
export function windowOf(query: Record<string, unknown>): Window {
  const { period, start, end } = windowSchema.parse(query)
  if (period !== undefined && start === undefined && end === undefined) return periodOf(period)
  if (period !== undefined || start === undefined || end === undefined) {
    refuseQuery("Provide either period or both start and end")
  }
  const window = { start: momentOf("start", start), end: momentOf("end", end) }
  const lengthMs = window.end.getTime() - window.start.getTime()
  if (lengthMs < 0) refuseQuery("end must not be earlier than start")
  if (lengthMs > longestMs) refuseQuery("The window cannot exceed 92 days")
  return window
}

/** A time zone by its canonical name. Offsets and other spellings are refused. */
export function timeZoneOf(name: string): string {
  const isShaped = /^(UTC|[A-Z]\w+(\/[A-Z][\w+-]*)+)$/.test(name)
  const resolved = isShaped && resolvedZone(name)
  // A link such as Asia/Kolkata resolves to another name, which leaves its spelling unchecked.
  const isExact = resolved && (resolved === name || resolved.toLowerCase() !== name.toLowerCase())
  if (!isExact) refuseQuery("tz must be a canonical IANA time zone name")
  return name
}

function resolvedZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
