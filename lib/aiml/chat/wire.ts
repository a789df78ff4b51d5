import { z } from "zod"

// A chat request as the AI SDK words it in the most common dialect: what every dialect is made from.

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  image_url: z.looseObject({ url: z.string() }).optional(),
  video_url: z.looseObject({ url: z.string() }).optional(),
  input_audio: z.looseObject({ data: z.string(), format: z.string() }).optional(),
  file: z.looseObject({ filename: z.string().optional(), file_data: z.string() }).optional(),
})
export type WirePart = z.infer<typeof partSchema>

const callSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})
export type WireCall = z.infer<typeof callSchema>

const messageSchema = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(callSchema).optional(),
  tool_call_id: z.string().optional(),
})
export type WireMessage = z.infer<typeof messageSchema>

const toolSchema = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string(),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.json()).optional(),
    strict: z.boolean().optional(),
  }),
})
export type WireTool = z.infer<typeof toolSchema>

/** Shapes of /chat/completions as nearly everybody takes them. */
export const wireRequestSchema = z.looseObject({
  messages: z.array(messageSchema),
  tools: z.array(toolSchema).optional(),
  tool_choice: z
    .union([z.string(), z.looseObject({ function: z.looseObject({ name: z.string() }) })])
    .optional(),
})
export type WireRequest = z.infer<typeof wireRequestSchema>

/** The text of a message, without what is attached. */
export function textOf(content: WireMessage["content"]): string {
  if (typeof content === "string") return content
  return (content ?? []).flatMap((part) => part.text ?? []).join("\n\n")
}
