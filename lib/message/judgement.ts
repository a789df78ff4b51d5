import { z } from "zod"
import { AppError } from "../base/errors"
import type { Json } from "../base/json"
import type { Part } from "./message"
import type { WholePart } from "./parts"

/** A guard model's judgement; `categories` are the violated rules, as the guard model names them. */
export type Judgement = {
  model: string
  isSafe: boolean
  categories: readonly string[]
  costUsd: number | null
}

/** The subject of moderation: text a person wrote, other requested content, or a model's output. */
export type Judged = "question" | "wish" | "result"

// MLCommons hazards, numbered as in third-generation guard models.
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
// The second generation lacks defamation and the last two.
const secondHazards = hazards.filter((_, index) => index !== 4 && index < 12)
// The first generation used O1 to O6, which some services return as 01 to 06.
const firstHazards = [
  "Violence and hate",
  "Sexual content",
  "Criminal planning",
  "Guns and illegal weapons",
  "Regulated or controlled substances",
  "Suicide and self-harm",
]

/** The name of a guard model's category; null for an unknown one. */
export function categoryName(code: string, model: string): string | null {
  const [, letter = "", digits = ""] = /^([A-Z]?)(\d{1,2})$/.exec(code.toUpperCase()) ?? []
  const tables: Readonly<Record<string, readonly string[]>> = {
    S: /guard-?2/i.test(model) ? secondHazards : hazards,
    O: firstHazards,
    "": firstHazards,
  }
  return tables[letter]?.[Number(digits) - 1] ?? null
}

/** The error shown when a question or a result was refused. */
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

/** A judgement as a message part, stored with the answer. */
export function judgementPart(judgement: Judgement, judged: Judged): WholePart {
  const { model, isSafe, categories } = judgement
  const named = categories.map((code) => ({ code, name: categoryName(code, model) }))
  const verdict = isSafe ? "safe" : "unsafe"
  const value: Json = { of: judged, model, verdict, categories: named }
  return { type: "data", label, value }
}

type Said = { role: "user" | "assistant"; parts: readonly Part[] }

/** The path without refused questions, so that later requests do not send them to a model either. */
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
 * The last question of a path and preceding unanswered ones: those may have been stopped before moderation, and the
 * model will read them now.
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

/** Every text inside settings, such as lyrics or a negative prompt. */
export function wordsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return /\S\s+\S/.test(value) ? [value] : []
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(wordsIn)
}

/** Guard models have small context windows: this is about 2,000 tokens of Latin script, 8,000 of others. */
export const pieceChars = 7_000
/** A sentence at the border of two pieces is complete in one of them. */
const overlapChars = 500

/** Splits a text into overlapping pieces that fit a guard model. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start === 0 || start + overlapChars < text.length; ) {
    pieces.push(text.slice(start, start + pieceChars).toWellFormed())
    start += pieceChars - overlapChars
  }
  return pieces
}
