import { token } from "../random"
import type { Block, Message, MessagesRequest } from "./request"

interface Fault {
  path: string
  message: string
}

/** What vouches for a thought, so that it cannot be sent back changed. */
export const signatureOf = (thinking: string) => `ErUB${token(`signed ${thinking}`, 88)}==`

const blocksOf = ({ content }: Message): Block[] => (Array.isArray(content) ? content : [])

function faultOf(block: Block, path: string, previous: Message | undefined): Fault[] {
  if (block.type === "thinking" && block.signature !== signatureOf(block.thinking ?? "")) {
    return [{ path, message: `${path}: Invalid \`signature\` in \`thinking\` block` }]
  }
  if (block.type !== "tool_result") return []
  const { tool_use_id: id } = block
  const isAnswer = previous && blocksOf(previous).some((used) => used.id === id)
  if (isAnswer) return []
  const message = `${path}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`
  return [{ path, message }]
}

/** Calls of an assistant that the next message leaves unanswered. */
function unanswered({ messages }: MessagesRequest): Fault[] {
  return messages.flatMap((message, index) => {
    const next = messages[index + 1]
    const calls = blocksOf(message).filter(({ type }) => type === "tool_use")
    const results = next ? blocksOf(next) : []
    const missing = calls.filter(({ id }) => !results.some((result) => result.tool_use_id === id))
    if (!missing.length) return []
    const path = `messages.${index}`
    const ids = missing.map(({ id }) => id).join(", ")
    const text = `${path}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
    return [{ path, message: text }]
  })
}

/** The bounds of the members that the published schema leaves out. */
function boundFaults({ temperature, top_p, top_k }: MessagesRequest): Fault[] {
  const bounds = { temperature: [temperature, 1], top_p: [top_p, 1], top_k: [top_k, Infinity] }
  return Object.entries(bounds).flatMap(([path, [value, most]]) => {
    if (typeof value !== "number" || most === undefined || most === null) return []
    if (value > most) return [{ path, message: `Number must be less than or equal to ${most}` }]
    return value < 0 ? [{ path, message: "Number must be greater than or equal to 0" }] : []
  })
}

/** What Claude itself refuses, beyond what a schema can say. */
export function messageFaults(request: MessagesRequest): Fault[] {
  const { thinking, max_tokens: maxTokens } = request
  const budget = thinking?.budget_tokens
  const isTooThoughtful =
    typeof maxTokens === "number" && budget !== undefined && budget >= maxTokens
  const faults = request.messages.flatMap((message, index) =>
    blocksOf(message).flatMap((block, place) =>
      faultOf(block, `messages.${index}.content.${place}`, request.messages[index - 1]),
    ),
  )
  const limit = {
    path: "max_tokens",
    message: "`max_tokens` must be greater than `thinking.budget_tokens`.",
  }
  return [
    ...boundFaults(request),
    ...(isTooThoughtful ? [limit] : []),
    ...faults,
    ...unanswered(request),
  ]
}
