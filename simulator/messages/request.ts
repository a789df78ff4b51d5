import { z } from "zod"
import { type ChatMessage, type ChatRequest, chatRequestSchema } from "../chat-request"

const sourceSchema = z.looseObject({
  type: z.string(),
  media_type: z.string().optional(),
  data: z.string().optional(),
  url: z.string().optional(),
})

const blockSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  source: z.union([z.string(), sourceSchema]).optional(),
  title: z.string().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
  id: z.string().optional(),
  tool_use_id: z.string().optional(),
  content: z.unknown().optional(),
})
export type Block = z.infer<typeof blockSchema>

const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(blockSchema)]).nullish(),
})
export type Message = z.infer<typeof messageSchema>

const toolSchema = z.looseObject({
  type: z.string().nullish(),
  name: z.string().optional(),
  input_schema: z.unknown().optional(),
  function: z.looseObject({ name: z.string() }).optional(),
})

const choiceSchema = z.looseObject({ type: z.string(), name: z.string().optional() })

/** The members of a body that shape the message; the vendor's schema has judged the rest. */
export const messagesRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema),
  system: z.union([z.string(), z.array(blockSchema)]).nullish(),
  max_tokens: z.number().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z.union([z.string(), choiceSchema]).nullish(),
  thinking: z
    .looseObject({
      type: z.string(),
      budget_tokens: z.number().optional(),
      display: z.string().optional(),
    })
    .nullish(),
})
export type MessagesRequest = z.infer<typeof messagesRequestSchema>

function addressOf({ source }: Block): string {
  if (typeof source !== "object") return ""
  const { media_type: mediaType, data } = source
  if (source.url) return source.url
  if (source.type !== "base64") return `data:${mediaType ?? "text/plain"},${data ?? ""}`
  return `data:${mediaType};base64,${data ?? ""}`
}

type Part = { type: string; text?: string }

function partOf(block: Block): Part[] {
  const { type, title } = block
  if (type === "text") return [{ type, text: block.text ?? "" }]
  if (type === "image") {
    const part = { type, image_url: { url: addressOf(block) } }
    return [part]
  }
  if (type === "document") {
    const part = { type, file: { filename: title, file_data: addressOf(block) } }
    return [part]
  }
  return type === "search_result" ? [{ type: "text", text: title ?? "" }] : []
}

const blocksOf = (content: unknown): Block[] => z.array(blockSchema).catch([]).parse(content)

const textOfResult = (content: unknown) =>
  typeof content === "string"
    ? content
    : blocksOf(content)
        .map((block) => block.text ?? block.type)
        .join("\n")

/** One message as those of a chat: results of tools stand apart there, before what is said. */
function chatMessages({ content, ...message }: Message): ChatMessage[] {
  if (typeof content !== "object" || content === null) return [{ ...message, content }]
  const results = content
    .filter(({ type }) => type === "tool_result")
    .map((block) => ({ role: "tool", content: textOfResult(block.content) }))
  const parts = content.flatMap(partOf)
  if (results.length > 0 && parts.length === 0) return results
  return [...results, { ...message, content: parts }]
}

/** A conversation in which results of tools stand apart; whatever else there is stays as it is. */
export const withResultsApart = (messages: Message[]): ChatMessage[] =>
  messages.flatMap((message) =>
    typeof message.content === "object" &&
    message.content?.some(({ type }) => type === "tool_result")
      ? chatMessages(message)
      : [message],
  )

export const conversationOf = (messages: Message[]): ChatMessage[] => messages.flatMap(chatMessages)

function toolChoice(choice: MessagesRequest["tool_choice"]): ChatRequest["tool_choice"] {
  if (typeof choice !== "object" || choice === null) return choice
  if (choice.type === "any") return "required"
  return choice.type === "none" || choice.type === "auto" ? choice.type : choice
}

/** Tools that the client runs. Those with a dated type are the maker's own and run over there. */
const isOurs = ({ type }: z.infer<typeof toolSchema>) =>
  !type || type === "custom" || type === "function"

/** The same question as a chat request, which is what answers are made from. */
export function chatRequestOf(request: MessagesRequest, defaultMaxTokens = 64_000): ChatRequest {
  const { model, messages, system, tools, thinking, max_tokens } = request
  return chatRequestSchema.parse({
    model,
    messages: conversationOf(messages),
    ...(system && { system }),
    max_tokens: max_tokens ?? defaultMaxTokens,
    tools: (tools ?? []).filter(isOurs),
    tool_choice: toolChoice(request.tool_choice),
    ...(thinking && { thinking }),
  })
}
