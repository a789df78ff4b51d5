import { type Answer, type Piece, tokensOf } from "./compose"
import type { Cost, Dialect, Usage } from "./dialects"
import type { Exchange } from "./exchange"
import { recordText } from "./request-log"
import type { Plan } from "./scenarios"

interface Event {
  chunk: object
  tokens: number
  text: string
}

function* toolEvents(dialect: Dialect, answer: Answer): Generator<Event> {
  if (!answer.toolCall) return
  const { id, type, function: called } = answer.toolCall
  const empty = { ...called, arguments: "" }
  yield {
    chunk: dialect.delta({ tool_calls: [{ index: 0, id, type, function: empty }] }),
    tokens: 4,
    text: called.name,
  }
  for (const [part] of called.arguments.matchAll(/[\s\S]{1,12}/g)) {
    const delta = { index: 0, function: { arguments: part } }
    yield { chunk: dialect.delta({ tool_calls: [delta] }), tokens: 3, text: part }
  }
}

function* events(dialect: Dialect, answer: Answer): Generator<Event> {
  const event = (piece: Piece, chunk: object) => ({ chunk, tokens: piece.tokens, text: piece.text })
  if (answer.areThoughtsShown) {
    for (const piece of answer.thoughts) yield event(piece, dialect.delta({ thought: piece.text }))
  }
  for (const piece of answer.said) {
    const delta = answer.isRefusal ? { refusal: piece.text } : { content: piece.text }
    yield event(piece, dialect.delta(delta))
  }
  yield* toolEvents(dialect, answer)
}

const line = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`

/** Breaks the stream the way the rule says. True when the stream goes on afterwards. */
async function interrupt(
  exchange: Exchange,
  broken: NonNullable<Plan["broken"]>,
): Promise<boolean> {
  switch (broken.name) {
    case "broken-event":
      return await exchange.write('data: {"id":"","choices":[{"index":0,"delta":{"content":"\n\n')
    case "error-event":
      await exchange.write(line(exchange.envelope(broken.statusCode ?? 500)))
      exchange.response.end()
      return false
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
export async function streamAnswer(
  exchange: Exchange,
  statusCode: number,
  answer: Answer,
  plan: Plan,
  dialect: Dialect,
  bill: { usage: Usage; cost: Cost; extras: object; book: () => void },
): Promise<void> {
  const hiddenTokens = answer.areThoughtsShown ? 0 : tokensOf(answer.thoughts)
  if (!(await exchange.pause(plan.delayMs + (hiddenTokens / plan.tokensPerSecond) * 1000))) return
  exchange.begin(statusCode, "text/event-stream; charset=utf-8", {
    "cache-control": "no-cache",
    connection: "keep-alive",
  })
  const startedAt = performance.now()
  let tokensSent = 0
  for (const chunk of dialect.open()) if (!(await exchange.write(line(chunk)))) return
  let isBroken = false
  const breakIfDue = async (isEnd = false) => {
    const isDue = isEnd || exchange.entry.chunksSent >= (plan.broken?.afterChunks ?? 0)
    if (isBroken || !plan.broken || !isDue) return true
    isBroken = true
    return await interrupt(exchange, plan.broken)
  }
  for (const event of events(dialect, answer)) {
    if (!(await breakIfDue())) return
    // Paced against the start, so that late timers do not add up.
    const dueAt = startedAt + (tokensSent / plan.tokensPerSecond) * 1000
    const delayMs = dueAt - performance.now()
    if (delayMs >= 1 && !(await exchange.pause(delayMs))) return
    const comment = plan.comments && exchange.entry.chunksSent % 2 === 0 ? ": ping\n\n" : ""
    if (!(await exchange.write(comment + line(event.chunk)))) return
    tokensSent += event.tokens
    exchange.entry.chunksSent++
    recordText(exchange.entry, event.text)
  }
  if (!(await breakIfDue(true))) return
  bill.book()
  const closing = dialect.close(answer.finishReason, bill.usage, bill.cost)
  for (const chunk of closing) {
    if (!(await exchange.write(line({ ...bill.extras, ...chunk })))) return
  }
  exchange.response.end(dialect.sendsDone ? "data: [DONE]\n\n" : "")
}
