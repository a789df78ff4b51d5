import "server-only"
import { tool as sdkTool, type ToolSet } from "ai"
import type { Json } from "../base/json"
import { listPathFiles } from "../db/turns"
import type { Source } from "../message/cards"
import type { FilePart } from "../message/message"
import type { WholePart } from "../message/parts"
import { plainText } from "../message/parts"
import { KnownUrls } from "../tools/known-urls"
import { offeredTools } from "../tools/registry"
import type { ToolOutcome } from "../tools/tool"
import type { Question } from "./turn-event"

/** The tools of one answer, and what they found in it besides what the model was told. */
export type ToolUse = {
  tools: ToolSet
  /** How long a call took, once it has ended. */
  took(callId: string): { durationMs: number }
  /** What all calls cost beyond the answer itself; null where none told. */
  totalUsd(): number | null
  /** Sources of all calls under the numbers that the model was told, then cards. */
  findings(): WholePart[]
}

/** The tools that a model may use for a question. */
export async function prepareTools(
  { path, hasEarlier, questionId, user, conversationId, answerId }: Question,
  show: (part: WholePart) => void,
): Promise<ToolUse> {
  const sources: Source[] = []
  const cards: WholePart[] = []
  const calls = new Map<string, { durationMs: number; costUsd: number | null }>()
  // What the person wrote may be read; what a model wrote may not.
  const texts = path.filter(({ role }) => role === "user").map(({ parts }) => plainText(parts))
  const found = path.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "sources" ? part.sources : [])),
  )
  const known = new KnownUrls(texts, found)
  const shownFiles: FilePart[] = []
  const showNew = (part: WholePart) => {
    if (part.type === "file") shownFiles.push(part)
    show(part)
  }
  // Those above the path are read when a tool wants them, which few answers do.
  const files = async () => {
    const before = hasEarlier
      ? await listPathFiles(user, questionId)
      : path.flatMap(({ parts }) => parts.filter((part) => part.type === "file"))
    return [...before, ...shownFiles]
  }
  const offered = await offeredTools()
  const tools = Object.fromEntries(
    offered.map((each) => [
      each.name,
      sdkTool({
        description: each.description,
        inputSchema: each.input,
        async execute(input: unknown, { toolCallId, abortSignal }) {
          const begun = performance.now()
          const call = { durationMs: 0, costUsd: null as number | null }
          calls.set(toolCallId, call)
          try {
            const outcome = await each.run(input, {
              ...{ user, files, show: showNew },
              shown: { conversationId, messageId: answerId, callId: toolCallId },
              signal: abortSignal ?? AbortSignal.timeout(60_000),
              knownUrls: known,
            })
            call.costUsd = outcome.costUsd ?? null
            known.add(outcome.sources ?? [])
            for (const card of outcome.cards ?? []) cards.push({ type: "card", card })
            return renumbered(outcome, sources)
          } finally {
            call.durationMs = Math.round(performance.now() - begun)
          }
        },
      }),
    ]),
  )
  return {
    tools,
    took: (callId) => calls.get(callId) ?? { durationMs: 0 },
    totalUsd() {
      const told = [...calls.values()].flatMap(({ costUsd }) => costUsd ?? [])
      return told.length > 0 ? told.reduce((sum, usd) => sum + usd, 0) : null
    },
    findings: () => [
      ...(sources.length > 0 ? [{ type: "sources" as const, sources }] : []),
      ...cards,
    ],
  }
}

/** Adds what was found to the sources; the model is told the numbers that the reader will see. */
function renumbered({ output, sources = [] }: ToolOutcome, known: Source[]): Json {
  const numbers = sources.map((source) => {
    const at = known.findIndex(({ url }) => url === source.url)
    return at >= 0 ? at + 1 : known.push(source)
  })
  if (typeof output !== "object" || output === null || Array.isArray(output)) return output
  if (!Array.isArray(output.sources)) return output
  const told = output.sources.map((entry, index) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? { ...entry, n: numbers[index] ?? index + 1 }
      : entry,
  )
  return { ...output, sources: told }
}
