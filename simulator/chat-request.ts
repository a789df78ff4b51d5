import { z } from "zod"

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  image_url: z.looseObject({ url: z.string() }).optional(),
  file: z
    .looseObject({ filename: z.string().optional(), file_data: z.string().optional() })
    .optional(),
})

const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
})

const toolSchema = z.looseObject({
  name: z.string().optional(),
  input_schema: z.unknown().optional(),
  function: z.looseObject({ name: z.string(), parameters: z.unknown().optional() }).optional(),
})

/** The members of a chat request that shape the answer; the vendor's schema has judged the rest. */
export const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema),
  system: z.union([z.string(), z.array(partSchema)]).optional(),
  stream: z.boolean().nullish(),
  max_tokens: z.number().nullish(),
  max_completion_tokens: z.number().nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})]).nullish(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ schema: z.unknown().optional() }).optional(),
    })
    .nullish(),
  reasoning_effort: z.string().nullish(),
  reasoning: z.looseObject({ exclude: z.boolean().nullish() }).nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  enable_thinking: z.boolean().nullish(),
})
export type ChatRequest = z.infer<typeof chatRequestSchema>
export type ChatMessage = ChatRequest["messages"][number]

/** The text of a message, attachments left out. */
export function textOf(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content
  return (content ?? []).flatMap((part) => part.text ?? []).join("\n")
}

/** What a message carries besides text, in words: "1 image (png, 12 kB)". */
export function attachmentsOf({ content }: ChatMessage): string[] {
  if (typeof content === "string") return []
  return (content ?? []).flatMap((part) => {
    if (part.type === "text") return []
    const data = part.image_url?.url ?? part.file?.file_data ?? ""
    const mediaType = /^data:([^;,]+)/.exec(data)?.[1]
    const sizeBytes = data.startsWith("data:") ? Math.round((data.length * 3) / 4) : undefined
    const details = [
      part.file?.filename,
      mediaType,
      sizeBytes && `about ${Math.max(1, Math.round(sizeBytes / 1000))} kB`,
    ].filter(Boolean)
    const kind = part.type.replace(/^input_|_url$/g, "")
    return [details.length ? `${kind} (${details.join(", ")})` : kind]
  })
}

/** The text that rules match against: what the person said last. */
export function lastUserText(messages: ChatMessage[]): string {
  const last = messages.findLast((message) => message.role === "user")
  return textOf(last?.content)
}
