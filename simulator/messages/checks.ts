import { exchangeFaults } from "../exchanges"
import { token } from "../random"
import type { Block, Message, MessagesRequest } from "./request"

interface Fault {
  path: string
  message: string
}

/** What vouches for a thought, so that it cannot be sent back changed. */
export const signatureOf = (thinking: string) => `ErUB${token(`signed ${thinking}`, 88)}==`

const blocksOf = ({ content }: Message): Block[] => (Array.isArray(content) ? content : [])

function thoughtFaults(block: Block, path: string): Fault[] {
  if (block.type !== "thinking" || block.signature === signatureOf(block.thinking ?? "")) return []
  return [{ path, message: `${path}: Invalid \`signature\` in \`thinking\` block` }]
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
      thoughtFaults(block, `messages.${index}.content.${place}`),
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
    ...exchangeFaults(request),
  ]
}
