import { z } from "zod"
import { type Part, partSchema } from "./message"
import { applyChunk } from "./parts"

/**
 * What a run wrote, in the fewest letters that say it: text, reasoning, how long it reasoned (ms), a
 * whole part, "forget what was before". A log is a list of these; folded, it gives the parts.
 */
export const logWordSchema = z.union([
  z.tuple([z.literal("t"), z.string()]),
  z.tuple([z.literal("r"), z.string()]),
  z.tuple([z.literal("d"), z.number()]),
  z.tuple([z.literal("p"), partSchema]),
  z.tuple([z.literal("x")]),
])
export type LogWord = z.infer<typeof logWordSchema>

/** Adds a word to a log; texts of one kind that follow each other become one. */
export function addWord(log: LogWord[], word: LogWord): void {
  const last = log.at(-1)
  if (last && isSpoken(last) && isSpoken(word) && last[0] === word[0]) last[1] += word[1]
  else log.push([...word])
}

function isSpoken(word: LogWord): word is ["t" | "r", string] {
  return word[0] === "t" || word[0] === "r"
}

/** The parts after more of the log. Parts that did not change keep their identity. */
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

/** The log that folds to these parts. */
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
