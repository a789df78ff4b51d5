import { z } from "zod"
import { AppError } from "../base/errors"
import type { Json } from "../base/json"
import type { Part } from "./message"
import type { WholePart } from "./parts"

/** What a guard model said of something; `categories` are the rules it breaks, in the guard's own words. */
export type Judgement = {
  model: string
  isSafe: boolean
  categories: readonly string[]
  costUsd: number | null
}

/** What was judged: what somebody wrote, what is wished for apart from a question, or what a model made. */
export type Judged = "question" | "wish" | "result"

// The hazards of MLCommons, as guards of the third generation number them.
const hazards = [
  "Violent crimes",
  "Non-violent crimes",
  "Sex-related crimes",
  "Child sexual exploitation",
  "Defamation",
  "Specialized advice",
  "Privacy",
  "Intellectual property",
  "Indiscriminate weapons",
  "Hate",
  "Suicide and self-harm",
  "Sexual content",
  "Elections",
  "Code interpreter abuse",
]
// The second generation knows neither defamation nor the last two.
const secondHazards = hazards.filter((_, index) => index !== 4 && index < 12)
// The first said O1 to O6, which some services hand on as 01 to 06.
const firstHazards = [
  "Violence and hate",
  "Sexual content",
  "Criminal planning",
  "Guns and illegal weapons",
  "Regulated or controlled substances",
  "Suicide and self-harm",
]

/** What a guard's category is called; null for one that is not known here. */
export function categoryName(code: string, model: string): string | null {
  const [, letter = "", digits = ""] = /^([A-Z]?)(\d{1,2})$/.exec(code.toUpperCase()) ?? []
  const tables: Readonly<Record<string, readonly string[]>> = {
    S: /guard-?2/i.test(model) ? secondHazards : hazards,
    O: firstHazards,
    "": firstHazards,
  }
  return tables[letter]?.[Number(digits) - 1] ?? null
}

/** What a person is told whose question, or whose result, was refused. */
export function refusal({ categories, model }: Judgement, judged: Judged): AppError {
  const names = categories.flatMap((code) => categoryName(code, model) ?? [])
  const quoted = [...new Set(names)].map((name) => `“${name}”`)
  const rule =
    quoted.length > 0
      ? `it falls under ${listed(quoted)} by this installation's rules`
      : "it is against this installation's rules"
  const words: Record<Judged, string> = {
    question: `This question was not sent: ${rule}. Your text is kept; change it and try again.`,
    wish: `Nothing was made: ${rule}. Change what is wished for and try again.`,
    result: `A result was not kept: ${rule}. Change your question and try again.`,
  }
  return new AppError("refused_by_moderation", { message: words[judged] })
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ""
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`
}

const label = "Moderation"
const keptSchema = z.object({ of: z.enum(["question", "wish", "result"]), verdict: z.string() })

/** A judgement as it is kept with the answer that it concerns. */
export function judgementPart(judgement: Judgement, judged: Judged): WholePart {
  const { model, isSafe, categories } = judgement
  const named = categories.map((code) => ({ code, name: categoryName(code, model) }))
  const verdict = isSafe ? "safe" : "unsafe"
  const value: Json = { of: judged, model, verdict, categories: named }
  return { type: "data", label, value }
}

type Said = { role: "user" | "assistant"; parts: readonly Part[] }

/** A path without the questions that were refused: no model is told them later either. */
export function withoutRefused<Message extends Said>(path: readonly Message[]): Message[] {
  return path.filter((said, index) => {
    const answer = said.role === "user" ? path[index + 1] : said
    return !answer?.parts.some(isRefusal)
  })
}

function isRefusal(part: Part): boolean {
  if (part.type !== "data" || part.label !== label) return false
  const kept = keptSchema.safeParse(part.value)
  return kept.success && kept.data.of === "question" && kept.data.verdict === "unsafe"
}

/**
 * The question of a path with those before it that nobody answered: they may have been stopped before
 * they were judged, and a model will read them now.
 */
export function unjudged<Message extends Said>(path: readonly Message[]): Message[] {
  return withoutRefused(path).filter((said, index, rest) => {
    const answer = rest[index + 1]
    return said.role === "user" && !answer?.parts.some(isWritten)
  })
}

function isWritten(part: Part): boolean {
  return "text" in part ? part.text !== "" : part.type !== "data"
}

/** Every text in settings that says something, such as lyrics or what is to be avoided. */
export function wordsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return /\S\s+\S/.test(value) ? [value] : []
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(wordsIn)
}

/** A guard's window is small: about 2,000 tokens of a Latin alphabet, 8,000 of any other. */
export const pieceChars = 7_000
/** What stands across the border of two pieces is whole in one of them. */
const overlapChars = 500

/** A text in pieces that a guard reads whole. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start === 0 || start + overlapChars < text.length; ) {
    pieces.push(text.slice(start, start + pieceChars).toWellFormed())
    start += pieceChars - overlapChars
  }
  return pieces
}
