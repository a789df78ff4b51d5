import { z } from "zod"
import { type Operation, schemaOf } from "./specs"

interface Fault {
  path: string
  message: string
}

const blockSchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  tool_use_id: z.string().optional(),
})
const bodySchema = z.looseObject({
  messages: z.array(
    z.looseObject({
      role: z.string(),
      content: z.unknown().optional(),
      tool_calls: z.array(z.looseObject({ id: z.string() })).nullish(),
      tool_call_id: z.string().nullish(),
    }),
  ),
  tools: z.array(z.looseObject({})).nullish(),
})
type Message = z.infer<typeof bodySchema>["messages"][number]

const blocksOf = ({ content }: Message) => z.array(blockSchema).catch([]).parse(content)
const idsOf = (message: Message, type: string) =>
  blocksOf(message).flatMap((block) =>
    block.type === type ? [(type === "tool_use" ? block.id : block.tool_use_id) ?? ""] : [],
  )
const callsOf = ({ tool_calls }: Message) => (tool_calls ?? []).map(({ id }) => id)

/** The answers that stand right after a message, as messages of their own. */
function answersTo(messages: Message[], index: number): string[] {
  const rest = messages.slice(index + 1)
  const end = rest.findIndex(({ role }) => role !== "tool")
  return rest.slice(0, end < 0 ? rest.length : end).map(({ tool_call_id }) => tool_call_id ?? "")
}

function functionFaults(messages: Message[], index: number): Fault[] {
  const message = messages[index]
  if (!message) return []
  const path = `messages.${index}`
  const answers = answersTo(messages, index)
  const missing = callsOf(message).filter((id) => !answers.includes(id))
  const unanswered = `${path}: an assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Without one: ${missing.join(", ")}`
  if (message.role !== "tool") return missing.length > 0 ? [{ path, message: unanswered }] : []
  const caller = messages.slice(0, index).findLast(({ role }) => role !== "tool")
  const isAnswer = caller && callsOf(caller).includes(message.tool_call_id ?? "")
  const stray = `${path}: messages with role 'tool' must be a response to a preceding message with 'tool_calls': ${message.tool_call_id}`
  return isAnswer ? [] : [{ path, message: stray }]
}

function blockFaults(messages: Message[], index: number): Fault[] {
  const message = messages[index]
  if (!message) return []
  const path = `messages.${index}`
  const [before, after] = [messages[index - 1], messages[index + 1]]
  const calls = before ? idsOf(before, "tool_use") : []
  const results = after ? idsOf(after, "tool_result") : []
  const missing = idsOf(message, "tool_use").filter((id) => !results.includes(id))
  const unanswered = `${path}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
  const strays = blocksOf(message).flatMap(({ type, tool_use_id: id }, place) => {
    if (type !== "tool_result" || calls.includes(id ?? "")) return []
    const at = `${path}.content.${place}`
    const text = `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`
    return [{ path: at, message: text }]
  })
  return [...strays, ...(missing.length > 0 ? [{ path, message: unanswered }] : [])]
}

/** What a message says of tools: the words by which a schema would have to know it. */
function wordsOf(message: Message): string[] {
  const types = new Set(blocksOf(message).map(({ type }) => type))
  return [
    ...(callsOf(message).length > 0 ? ["tool_calls"] : []),
    ...(message.role === "tool" ? ["tool_call_id"] : []),
    ...["tool_use", "tool_result"].filter((type) => types.has(type)),
  ]
}

/** Members that a schema does not describe are dropped on the way to the model: there they are missing. */
function unknownFaults(messages: Message[], operation: Operation): Fault[] {
  const { properties } = z
    .looseObject({ properties: z.looseObject({}) })
    .catch({ properties: {} })
    .parse(schemaOf(operation))
  const described = JSON.stringify(properties.messages ?? {})
  return messages.flatMap((message, index) =>
    wordsOf(message)
      .filter((word) => !described.includes(`"${word}"`))
      .map((word) => ({
        path: `messages.${index}`,
        message: `messages.${index}: ${word} is unknown to this model`,
      })),
  )
}

/** Tools offered in one dialect and used in the other. */
function mixedFaults(messages: Message[], tools: readonly object[]): Fault[] {
  const foreign = [
    ...(tools.some((tool) => "function" in tool) ? [] : ["tool_calls", "tool_call_id"]),
    ...(tools.some((tool) => "input_schema" in tool) ? [] : ["tool_use", "tool_result"]),
  ]
  return messages.flatMap((message, index) =>
    wordsOf(message)
      .filter((word) => tools.length > 0 && foreign.includes(word))
      .map((word) => ({
        path: `messages.${index}`,
        message: `messages.${index}: ${word} beside tools in another dialect`,
      })),
  )
}

/** What is wrong with the calls of tools in a conversation and with their results; empty when all is well. */
export function exchangeFaults(body: unknown, operation?: Operation | undefined): Fault[] {
  const parsed = bodySchema.safeParse(body)
  if (!parsed.success) return []
  const { messages, tools } = parsed.data
  return [
    ...messages.flatMap((_, index) => [
      ...functionFaults(messages, index),
      ...blockFaults(messages, index),
    ]),
    ...mixedFaults(messages, tools ?? []),
    ...(operation ? unknownFaults(messages, operation) : []),
  ]
}
