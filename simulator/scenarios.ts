import { z } from "zod"
import { hostileMarkdown, splitEmojiPieces, zeroPieces } from "./hostile"

const count = z.int().nonnegative()
const speed = {
  tokensPerSecond: z.number().positive().optional(),
  tokensPerChunk: z.int().positive().optional(),
}
const statusCode = z.literal([400, 401, 403, 404, 429, 500, 502, 503, 504, 524])

/** How an answer is to be given: the normal way, changed by the rules that match. */
export interface Plan {
  delayMs: number
  tokensPerSecond: number
  tokensPerChunk?: number
  /** What happens in place of an answer. */
  instead?:
    | { name: "silent" }
    | { name: "html" }
    | { name: "status"; statusCode: number; retryAfterSeconds?: number; message?: string }
  /** What breaks the answer after so many chunks. */
  broken?: {
    name: "stall" | "reset" | "cut" | "broken-event" | "error-event"
    afterChunks: number
    statusCode?: number
  }
  text?: string
  /** Exact deltas, for what must fall on a border between two of them. */
  pieces?: string[]
  floodCharacters?: number
  maxTokens?: number
  finishReason?: "content_filter"
  refuses: boolean
  comments: boolean
  /** How long a submitted task waits and works, and how it ends. */
  job: {
    queueMs: number
    generatingMs: number
    isEndless: boolean
    error?: { name: string; message: string }
  }
}

const interruption = { afterChunks: count.default(3) }

/** What every rule says besides its own options; speed and first token can be set on any. */
const common = z.object({
  match: z.string(),
  times: z.int().positive().optional(),
  delayMs: count.optional(),
  ...speed,
})

const rule = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.object({ ...common.shape, name: z.literal(name), ...shape })

/** A rule as `POST /_simulator/scenarios` takes it. */
export const ruleSchema = z.discriminatedUnion("name", [
  rule("slow-first-token", { delayMs: count }),
  rule("speed", { tokensPerSecond: z.number().positive() }),
  rule("stall", interruption),
  rule("silent", {}),
  rule("reset", interruption),
  rule("cut", interruption),
  rule("broken-event", interruption),
  rule("error-event", { ...interruption, statusCode: statusCode.default(500) }),
  rule("status", {
    statusCode,
    retryAfterSeconds: count.optional(),
    message: z.string().optional(),
  }),
  rule("html", {}),
  rule("flood", { characters: z.int().positive().max(50_000_000) }),
  rule("split-emoji", {}),
  rule("nul", {}),
  rule("comments", {}),
  rule("content-filter", {}),
  rule("length", { afterTokens: z.int().positive() }),
  rule("refusal", {}),
  rule("text", { text: z.string() }),
  rule("hostile-markdown", {}),
  rule("job", {
    queueMs: count.default(0),
    generatingMs: count.default(0),
    isEndless: z.boolean().default(false),
    error: z.object({ name: z.string(), message: z.string() }).optional(),
  }),
])
export type Rule = z.infer<typeof ruleSchema>

function effect(rule: Rule): Partial<Plan> {
  switch (rule.name) {
    case "slow-first-token":
    case "speed":
      return {}
    case "silent":
    case "html":
    case "status":
      return { instead: rule }
    case "stall":
    case "reset":
    case "cut":
    case "broken-event":
    case "error-event":
      return { broken: rule }
    case "flood":
      return { floodCharacters: rule.characters, delayMs: 0, tokensPerSecond: Infinity }
    case "split-emoji":
      return { pieces: splitEmojiPieces }
    case "nul":
      return { pieces: zeroPieces }
    case "comments":
      return { comments: true }
    case "content-filter":
      return { finishReason: "content_filter" }
    case "length":
      return { maxTokens: rule.afterTokens }
    case "refusal":
      return { refuses: true }
    case "text":
      return { text: rule.text }
    case "hostile-markdown":
      return { text: hostileMarkdown }
    case "job": {
      const { queueMs, generatingMs, isEndless, error } = rule
      return { job: { queueMs, generatingMs, isEndless, ...(error && { error }) } }
    }
  }
}

function speedOf(rule: Rule): Partial<Plan> {
  const { delayMs, tokensPerSecond, tokensPerChunk } = rule
  return {
    ...(delayMs !== undefined && { delayMs }),
    ...(tokensPerSecond !== undefined && { tokensPerSecond }),
    ...(tokensPerChunk !== undefined && { tokensPerChunk }),
  }
}

/** The rules of one simulator. They match by substring, so parallel tests do not meet. */
export class Rules {
  private rules: { id: string; rule: Rule; timesLeft: number }[] = []
  private lastId = 0

  add(rule: Rule): string {
    const id = String(++this.lastId)
    this.rules.push({ id, rule, timesLeft: rule.times ?? Number.POSITIVE_INFINITY })
    return id
  }

  remove(id: string): boolean {
    const before = this.rules.length
    this.rules = this.rules.filter((entry) => entry.id !== id)
    return this.rules.length < before
  }

  clear(): void {
    this.rules = []
  }

  /** How to answer a prompt. Every matching rule has its say, later ones over earlier ones. */
  planFor(prompt: string): Plan {
    const matching = this.rules.filter(({ rule }) => prompt.includes(rule.match))
    for (const entry of matching) entry.timesLeft--
    this.rules = this.rules.filter(({ timesLeft }) => timesLeft > 0)
    const plan: Plan = {
      delayMs: 250,
      tokensPerSecond: 80,
      refuses: false,
      comments: false,
      job: { queueMs: 500, generatingMs: 2_500, isEndless: false },
    }
    for (const { rule } of matching) Object.assign(plan, effect(rule), speedOf(rule))
    return plan
  }
}
