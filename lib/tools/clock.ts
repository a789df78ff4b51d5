import "server-only"
import { z } from "zod"
import { AppError } from "../base/errors"
import { defineTool } from "./tool"

/** Returns the current time, which models do not know. */
export const clock = defineTool({
  name: "current_time",
  description:
    "Tells the current date and time, at a place when its IANA timezone is given. Use it whenever the " +
    "answer depends on today or now.",
  input: z.strictObject({
    timezone: z.string().max(100).optional().describe("Such as Europe/Berlin; UTC when left out"),
  }),
  async run({ timezone }) {
    return { output: timeAt(new Date(), timezone) }
  },
})

/** A moment in local time of a timezone. Throws `invalid` for an unknown timezone. */
export function timeAt(moment: Date, timezone = "UTC") {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: timezone })
  if (!isTimezone(timezone)) {
    const message = `“${timezone}” is no IANA timezone. Use one such as Europe/Berlin or UTC.`
    throw new AppError("invalid", { message })
  }
  const parts = format({
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "longOffset" },
  }).formatToParts(moment)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((entry) => entry.type === type)?.value ?? ""
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00"
  const words = format({
    ...{ weekday: "long", day: "numeric", month: "long", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  })
  return {
    iso: `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}${offset}`,
    timezone,
    weekday: format({ weekday: "long" }).format(moment),
    words: `${words.format(moment)} (${timezone})`,
  }
}

// Intl accepts offsets such as +01:00, but they are not timezones.
function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return /^[a-z]/i.test(name)
  } catch {
    return false
  }
}
