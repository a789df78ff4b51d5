import { z } from "zod"
import { type Part, partSchema } from "./message"
import { applyChunk } from "./parts"

/**
 * A log entry of a run in a compact encoding: text, reasoning, reasoning duration (ms), a complete part, or a
 * reset. Folding the list of entries yields the parts.
 */
export const logWordSchema = z.union([
  z.tuple([z.literal("t"), z.string()]),
  z.tuple([z.literal("r"), z.string()]),
  z.tuple([z.literal("d"), z.number()]),
  z.tuple([z.literal("p"), partSchema]),
  z.tuple([z.literal("x")]),
])
export type LogWord = z.infer<typeof logWordSchema>

/** Appends an entry to a log, merging consecutive texts of the same kind. */
export function addWord(log: LogWord[], word: LogWord): void {
  const last = log.at(-1)
  if (last && isSpoken(last) && isSpoken(word) && last[0] === word[0]) last[1] += word[1]
  else log.push([...word])
}

function isSpoken(word: LogWord): word is ["t" | "r", string] {
  return word[0] === "t" || word[0] === "r"
}

/** The parts after applying more entries. Unchanged parts keep their identity. */
export function fold(parts: readonly Part[], words: readonly LogWord[]): readonly Part[] {
  return words.reduce((folded, word) => foldWord(folded, word), parts)
}

function foldWord(parts: readonly Part[], word: LogWord): readonly Part[] {
  switch (word[0]) {
    case "t":
      return applyChunk(parts, { type: "text-delta", id: "", delta: word[1] })
    case "r":
      return applyChunk(parts, { type: "reasoning-delta", id: "", delta: word[1] })
    case "d":
      return applyChunk(parts, {
        type: "reasoning-end",
        id: "",
        providerMetadata: { polylogue: { durationMs: word[1] } },
      })
    case "p":
      return [...parts, word[1]]
    case "x":
      return []
  }
}

/** A log that folds to these parts. */
export function toLog(parts: readonly Part[]): LogWord[] {
  return parts.flatMap((part): LogWord[] => {
    if (part.type === "text") return [["t", part.text]]
    if (part.type !== "reasoning") return [["p", part]]
    const { text, durationMs } = part
    return durationMs === undefined
      ? [["r", text]]
      : [
          ["r", text],
          ["d", durationMs],
        ]
  })
}
