import { z } from "zod"
import { accept, firstText } from "./accept"
import { keywords } from "./answers/question"
import { costOf, type Model } from "./catalogue"
import { deliverStream, deliverWhole, type Script, type Whole } from "./delivery"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { hash, token } from "./random"
import type { Plan } from "./scenarios"
import { estimateTokens, tokenize } from "./tokens"

const requestSchema = z.object({
  prompt: z.string(),
  max_tokens: z.number().default(512),
  stop: z.array(z.string()).default([]),
  stream: z.boolean().default(false),
  logprobs: z.number().optional(),
  echo: z.boolean().default(false),
  n: z.number().default(1),
})
type Request = z.infer<typeof requestSchema>

const openings = [
  "and so it begins with",
  "which always comes back to",
  "and whoever looks closer finds",
  "because behind it all stands",
]
const endings = [
  "The rest is practice: small steps, taken often, and written down.",
  "Nobody planned it that way, and yet it held for years.",
  "That is the part most people skip, and the part that matters.",
  "After that there was little left to say, and it was said briefly.",
]

/** How a text might go on. An unfinished sentence is finished first. */
function continuationOf(prompt: string, choice: number): string {
  const at = hash(`${choice} ${prompt}`)
  // The longest words carry most; which of them comes first differs from choice to choice.
  const [subject = "the beginning", other = subject] = keywords(prompt.toLowerCase(), 20)
    .toSorted((left, right) => right.length - left.length)
    .slice(0, 2)
    .toSorted((left, right) => hash(left + choice) - hash(right + choice))
  const isFinished = /[.!?]["')]?\s*$/.test(prompt)
  const first = isFinished
    ? ` It begins with ${subject}.`
    : `${/\s$/.test(prompt) ? "" : " "}${openings[at % openings.length]} ${subject}.`
  const ending = endings[(at >>> 8) % endings.length]
  return `${first} One thing leads to the next, from ${subject} to ${other}. ${ending}`
}

interface Choice {
  tokens: string[]
  /** How many of them are new, where the prompt is said again. */
  newTokens: number
  finish_reason: "stop" | "length"
}

function choiceFor({ prompt, stop, max_tokens, echo }: Request, plan: Plan, index: number): Choice {
  const whole = plan.text ?? plan.pieces?.join("") ?? continuationOf(prompt, index)
  const ends = stop.map((word) => whole.indexOf(word)).filter((at) => at >= 0)
  const text = ends.length > 0 ? whole.slice(0, Math.min(...ends)) : whole
  const most = Math.floor(Math.min(max_tokens, plan.maxTokens ?? Number.POSITIVE_INFINITY))
  const tokens = tokenize(text)
  const isCut = tokens.length > most
  const kept = isCut ? tokens.slice(0, most) : tokens
  return {
    tokens: echo ? [...tokenize(prompt), ...kept] : kept,
    newTokens: kept.length,
    finish_reason: isCut ? "length" : "stop",
  }
}

/** The old form of probabilities: parallel lists, made up but always the same. */
function logprobsOf(tokens: string[], asked: number | undefined): object | null {
  if (asked === undefined) return null
  const token_logprobs = tokens.map((text) => -(hash(text) % 600) / 1000)
  let offset = 0
  const text_offset = tokens.map((text) => {
    offset += text.length
    return offset - text.length
  })
  const top_logprobs = tokens.map((text, index) => ({ [text]: token_logprobs[index] }))
  return { tokens, token_logprobs, text_offset, top_logprobs: asked > 0 ? top_logprobs : null }
}

interface Bill {
  usage: object
  cost: ReturnType<typeof costOf>
  book: () => void
}

/** The members that every chunk and every whole answer has. */
const commonOf = (exchange: Exchange, model: Model) => ({
  id: `cmpl-${token(exchange.inferenceId, 29)}`,
  object: "text_completion",
  created: Math.floor(Date.now() / 1000),
  model: model.id,
})

/** A stream carries one choice only. */
function scriptOf(
  exchange: Exchange,
  model: Model,
  choice: Choice,
  asked: Request,
  bill: Bill,
): Script {
  const common = commonOf(exchange, model)
  const line = (
    text: string,
    tokens: string[],
    finish_reason: string | null,
    more: object = {},
  ) => {
    const logprobs = logprobsOf(tokens, asked.logprobs)
    const choices = [{ text, index: 0, finish_reason, logprobs }]
    return `data: ${JSON.stringify({ ...common, choices, ...more })}\n\n`
  }
  return {
    opening: [],
    beats: choice.tokens.map((text) => ({ line: line(text, [text], null), tokens: 1, text })),
    closing: () => {
      bill.book()
      const end = { usage: bill.usage, meta: { usage: bill.cost } }
      return [line("", [], choice.finish_reason, end), "data: [DONE]\n\n"]
    },
    brokenLine: 'data: {"id":"","choices":[{"text":"\n\n',
    errorLine: (code) => `data: ${JSON.stringify(exchange.envelope(code))}\n\n`,
  }
}

function wholeOf(
  exchange: Exchange,
  model: Model,
  choices: Choice[],
  asked: Request,
  bill: Bill,
): Whole {
  const told = choices.map(({ tokens, finish_reason }, index) => ({
    text: tokens.join(""),
    index,
    finish_reason,
    logprobs: logprobsOf(tokens, asked.logprobs),
  }))
  const { usage, cost, book } = bill
  const common = commonOf(exchange, model)
  return {
    body: { ...common, choices: told, prompt: [], usage, meta: { usage: cost } },
    text: told.map(({ text }) => text).join(""),
    tokens: Math.max(...choices.map(({ newTokens }) => newTokens)),
    cost,
    book,
  }
}

async function complete(exchange: Exchange): Promise<void> {
  const promptOf = (body: Record<string, unknown>) => firstText(body, "prompt")
  const { body, model, plan } = await accept(exchange, "completion", promptOf)
  const request = requestSchema.parse(body)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const count = request.stream ? 1 : Math.floor(request.n)
  const first = choiceFor(request, plan, 0)
  const others = Array.from({ length: count - 1 }, (_, index) =>
    choiceFor(request, plan, index + 1),
  )
  const choices = [first, ...others]
  const input = estimateTokens(request.prompt)
  const output = choices.reduce((sum, { newTokens }) => sum + newTokens, 0)
  const amounts = { token: { input, output } }
  const bill: Bill = {
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    cost: costOf(model, amounts),
    book: () => exchange.charge(model, amounts),
  }
  if (request.stream) {
    return await deliverStream(exchange, 201, plan, scriptOf(exchange, model, first, request, bill))
  }
  await deliverWhole(exchange, 201, plan, wholeOf(exchange, model, choices, request, bill))
}

/** Text in, more of it out, as before there were conversations. */
export const completionsRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/completions$/, handle: complete },
]
