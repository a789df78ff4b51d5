import { documentedMessages } from "./envelope"
import type { Exchange } from "./exchange"
import { recordText } from "./request-log"
import type { Plan } from "./scenarios"

/** One event of a stream. One without a text is structure, and rules do not count it. */
export interface Beat {
  line: string
  tokens: number
  text: string
}

/** What one protocol says in a stream, in its own words. */
export interface Script {
  /** Tokens that are made before the first byte, and never shown. */
  silentTokens?: number
  opening: string[]
  beats: Iterable<Beat>
  /** The end of a whole answer. It is asked for once, at the moment of the charge. */
  closing: () => string[]
  /** An event that breaks off in the middle of its JSON. */
  brokenLine: string
  errorLine: (statusCode: number, message: string) => string
}

/** An event with a name, as all protocols but chat completions have. */
export function namedEvent(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Breaks the stream the way the rule says. True when the stream goes on afterwards. */
async function interrupt(
  exchange: Exchange,
  broken: NonNullable<Plan["broken"]>,
  script: Script,
): Promise<boolean> {
  switch (broken.name) {
    case "broken-event":
      return await exchange.write(script.brokenLine)
    case "error-event": {
      const { statusCode = 500 } = broken
      await exchange.write(script.errorLine(statusCode, documentedMessages[statusCode] ?? ""))
      exchange.response.end()
      return false
    }
    case "cut":
      exchange.response.end()
      return false
    case "reset":
      await exchange.reset()
      return false
    case "stall":
      await exchange.hang()
      return false
  }
}

/** Sends an answer as server-sent events at the plan's pace. */
export async function deliverStream(
  exchange: Exchange,
  statusCode: number,
  plan: Plan,
  script: Script,
): Promise<void> {
  const silentMs = ((script.silentTokens ?? 0) / plan.tokensPerSecond) * 1000
  if (!(await exchange.pause(plan.delayMs + silentMs))) return
  exchange.begin(statusCode, "text/event-stream; charset=utf-8", {
    "cache-control": "no-cache",
    connection: "keep-alive",
  })
  const startedAt = performance.now()
  let tokensSent = 0
  for (const line of script.opening) if (!(await exchange.write(line))) return
  let isBroken = false
  const breakIfDue = async (isEnd = false) => {
    const isDue = isEnd || exchange.entry.chunksSent >= (plan.broken?.afterChunks ?? 0)
    if (isBroken || !plan.broken || !isDue) return true
    isBroken = true
    return await interrupt(exchange, plan.broken, script)
  }
  for (const beat of script.beats) {
    if (!(await breakIfDue())) return
    // Paced against the start, so that late timers do not add up.
    const dueAt = startedAt + (tokensSent / plan.tokensPerSecond) * 1000
    const delayMs = dueAt - performance.now()
    if (delayMs >= 1 && !(await exchange.pause(delayMs))) return
    const comment = plan.comments && exchange.entry.chunksSent % 2 === 0 ? ": ping\n\n" : ""
    if (!(await exchange.write(comment + beat.line))) return
    tokensSent += beat.tokens
    if (beat.text === "") continue
    exchange.entry.chunksSent++
    recordText(exchange.entry, beat.text)
  }
  if (!(await breakIfDue(true))) return
  for (const line of script.closing()) if (!(await exchange.write(line))) return
  exchange.response.end()
}

/** A whole answer: its body with the cost in it, and what is noted about it. */
export interface Whole {
  body: object
  text: string
  tokens: number
  cost: { credits_used: number; usd_spent: number }
  book: () => void
}

/** Sends an answer in one piece, when the model would have finished it. */
export async function deliverWhole(
  exchange: Exchange,
  statusCode: number,
  plan: Plan,
  { body, text, tokens, cost, book }: Whole,
): Promise<void> {
  if (!(await exchange.pause(plan.delayMs + (tokens / plan.tokensPerSecond) * 1000))) return
  const headers = {
    "x-aimlapi-credits-used": String(cost.credits_used),
    "x-aimlapi-usd-spent": String(cost.usd_spent),
  }
  switch (plan.broken?.name) {
    case "stall":
      return await exchange.hang()
    case "reset":
      return await exchange.reset()
    case "error-event":
      return exchange.refuse(plan.broken.statusCode ?? 500)
    case "cut":
    case "broken-event":
      exchange.begin(statusCode, "application/json; charset=utf-8", headers)
      exchange.response.end(JSON.stringify(body).slice(0, -40))
      return
    case undefined:
      recordText(exchange.entry, text)
      book()
      exchange.sendJson(statusCode, body, headers)
  }
}
