import { type ChatExtras, logprobsOf, revisedChoice } from "./chat-extras"
import { type Answer, type Piece, tokensOf } from "./compose"
import { type Beat, deliverStream } from "./delivery"
import type { Cost, Dialect, Usage } from "./dialects"
import type { Exchange } from "./exchange"
import type { Plan } from "./scenarios"
import { spokenDeltas } from "./spoken"

const line = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`

function* toolBeats(dialect: Dialect, { toolCall }: Answer): Generator<Beat> {
  if (!toolCall) return
  const { id, type, function: called } = toolCall
  const empty = { ...called, arguments: "" }
  yield {
    line: line(dialect.delta({ tool_calls: [{ index: 0, id, type, function: empty }] })),
    tokens: 4,
    text: called.name,
  }
  for (const [part] of called.arguments.matchAll(/[\s\S]{1,12}/g)) {
    const delta = { index: 0, function: { arguments: part } }
    yield { line: line(dialect.delta({ tool_calls: [delta] })), tokens: 3, text: part }
  }
}

function* saidBeats(dialect: Dialect, answer: Answer, extras: ChatExtras): Generator<Beat> {
  const beat = (piece: Piece, chunk: object) => ({ ...piece, line: line(chunk) })
  for (const piece of answer.said) {
    const delta = answer.isRefusal ? { refusal: piece.text } : { content: piece.text }
    const chunk = dialect.delta(delta)
    const logprobs = logprobsOf([piece], extras)
    yield beat(piece, logprobs ? revisedChoice(chunk, { logprobs }) : chunk)
  }
}

function* spokenBeats(dialect: Dialect, answer: Answer): Generator<Beat> {
  for (const { audio, piece } of spokenDeltas(answer.said)) {
    const chunk = revisedChoice(dialect.delta({}), {}, { audio })
    yield { line: line(chunk), tokens: piece?.tokens ?? 0, text: piece?.text ?? "" }
  }
}

function* choiceBeats(dialect: Dialect, answer: Answer, extras: ChatExtras): Generator<Beat> {
  if (answer.areThoughtsShown) {
    for (const { text, tokens } of answer.thoughts) {
      yield { line: line(dialect.delta({ thought: text })), tokens, text }
    }
  }
  if (extras.isSpoken && !answer.isRefusal) yield* spokenBeats(dialect, answer)
  else yield* saidBeats(dialect, answer, extras)
  if (extras.annotations) {
    const { annotations } = extras
    yield { line: line(revisedChoice(dialect.delta({}), {}, { annotations })), tokens: 0, text: "" }
  }
  yield* toolBeats(dialect, answer)
}

/** The same dialect for a further choice of the same answer. */
function atIndex(dialect: Dialect, index: number): Dialect {
  if (index === 0) return dialect
  const moved = (chunk: object) => revisedChoice(chunk, { index })
  return {
    ...dialect,
    open: () => dialect.open().map(moved),
    delta: (delta) => moved(dialect.delta(delta)),
    close: (...ending) => dialect.close(...ending).map(moved),
  }
}

/** The beats of all choices in turn, as they arrive where several answers are made at once. */
function* inTurn(sources: Iterator<Beat>[]): Generator<Beat> {
  for (let open = sources; open.length > 0; ) {
    const unfinished: Iterator<Beat>[] = []
    for (const source of open) {
      const next = source.next()
      if (next.done) continue
      yield next.value
      unfinished.push(source)
    }
    open = unfinished
  }
}

/** Sends an answer, or several to choose from, as server-sent events at the plan's pace. */
export async function streamAnswers(
  exchange: Exchange,
  statusCode: number,
  answers: Answer[],
  plan: Plan,
  dialect: Dialect,
  extras: ChatExtras,
  bill: { usage: Usage; cost: Cost; extras: object; book: () => void },
): Promise<void> {
  const choices = answers.map((answer, index) => ({ answer, dialect: atIndex(dialect, index) }))
  const hiddenTokens = answers.map((answer) =>
    answer.areThoughtsShown ? 0 : tokensOf(answer.thoughts),
  )
  await deliverStream(exchange, statusCode, plan, {
    silentTokens: Math.max(...hiddenTokens),
    opening: choices.flatMap((choice) => choice.dialect.open()).map(line),
    beats: inTurn(choices.map((choice) => choiceBeats(choice.dialect, choice.answer, extras))),
    closing: () => {
      bill.book()
      const closings = choices.map((choice) =>
        choice.dialect.close(choice.answer.finishReason, bill.usage, bill.cost),
      )
      // Each further choice ends with its reason; usage and cost stand once, at the very end.
      const [last = [], ...others] = closings
      const chunks = [...others.flatMap((closing) => closing.slice(0, 1)), ...last]
      const lines = chunks.map((chunk) => line({ ...bill.extras, ...chunk }))
      return dialect.sendsDone ? [...lines, "data: [DONE]\n\n"] : lines
    },
    brokenLine: 'data: {"id":"","choices":[{"index":0,"delta":{"content":"\n\n',
    errorLine: (code) => line(exchange.envelope(code)),
  })
}
