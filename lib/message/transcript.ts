import type { Part } from "./message"

/** Some words of a transcript in a row: when, by whom and what. Times are seconds. */
export type TranscriptLine = { start: number; end: number; speaker: string | null; text: string }

/** What the part with the lines is called; its words stand in the text beside it as well. */
export const transcriptLabel = "Transcript"

/** The lines of a transcript with times; null for every other part. */
export function transcriptIn(part: Part): TranscriptLine[] | null {
  if (part.type !== "data" || part.label !== transcriptLabel || !Array.isArray(part.value)) {
    return null
  }
  const lines: unknown[] = part.value
  return lines.length > 0 && lines.every(isLine) ? lines : null
}

function isLine(value: unknown): value is TranscriptLine {
  if (typeof value !== "object" || value === null) return false
  const { start, end, speaker, text }: Partial<Record<keyof TranscriptLine, unknown>> = value
  const isSpeaker = speaker === null || typeof speaker === "string"
  return (
    typeof start === "number" && typeof end === "number" && isSpeaker && typeof text === "string"
  )
}

/** "1:02:07", "0:09": a time as players show it. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, "0")
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`
}

/** A transcript to be pasted elsewhere. */
export function transcriptText(lines: readonly TranscriptLine[]): string {
  return lines
    .map(({ start, speaker, text }) => `[${clock(start)}] ${speaker ? `${speaker}: ` : ""}${text}`)
    .join("\n")
}
