import type { Part } from "./message"

/** A segment of a transcript with times in seconds. */
export type TranscriptLine = { start: number; end: number; speaker: string | null; text: string }

/** Label of the part with the segments; the text part next to it has the same words. */
export const transcriptLabel = "Transcript"

/** The segments of a transcript part; null for any other part. */
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

/** A time as players show it: "1:02:07", "0:09". */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, "0")
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`
}

/** A transcript as text for the clipboard. */
export function transcriptText(lines: readonly TranscriptLine[]): string {
  return lines
    .map(({ start, speaker, text }) => `[${clock(start)}] ${speaker ? `${speaker}: ` : ""}${text}`)
    .join("\n")
}
