import { z } from "zod"
import { type ChatMessage, type ChatRequest, chatRequestSchema } from "../chat-request"
import { Refusal } from "../exchange"

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  refusal: z.string().optional(),
  image_url: z.string().nullish(),
  filename: z.string().optional(),
  file_data: z.string().optional(),
})
type Part = z.infer<typeof partSchema>

const contentSchema = z.union([z.string(), z.array(partSchema)])

const itemSchema = z.looseObject({
  id: z.string().nullish(),
  type: z.string().nullish(),
  role: z.string().optional(),
  content: contentSchema.optional(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: contentSchema.nullish(),
})
type Item = z.infer<typeof itemSchema>

const toolSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  parameters: z.unknown().optional(),
})

/** The members of a request that shape the response; the vendor's schema has judged the rest. */
export const responseRequestSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(itemSchema)]),
  instructions: z.string().nullish(),
  max_output_tokens: z.number().nullish(),
  previous_response_id: z.string().nullish(),
  include: z.array(z.string()).nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  reasoning: z
    .looseObject({ effort: z.string().nullish(), summary: z.string().nullish() })
    .nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string() }).optional() }).nullish(),
  tools: z.array(toolSchema).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  truncation: z.string().nullish(),
})
export type ResponseRequest = z.infer<typeof responseRequestSchema>

const chatPart = (part: Part) => {
  if (part.type === "input_image")
    return { type: part.type, image_url: { url: part.image_url ?? "" } }
  if (part.type === "input_file") {
    const { filename, file_data } = part
    return { type: part.type, file: { filename, file_data } }
  }
  return { type: "text", text: part.text ?? part.refusal ?? "" }
}

const chatContent = (content: string | Part[] | null | undefined) =>
  typeof content === "string" ? content : (content ?? []).map(chatPart)

function chatMessages(item: Item): ChatMessage[] {
  if (item.type === "function_call_output") {
    return [{ role: "tool", content: chatContent(item.output), tool_call_id: item.call_id }]
  }
  if (item.type === "function_call") {
    const called = { name: item.name, arguments: item.arguments }
    const call = { id: item.call_id, type: "function", function: called }
    return [{ role: "assistant", content: "", tool_calls: [call] }]
  }
  return item.role ? [{ role: item.role, content: chatContent(item.content) }] : []
}

/** Whether an item stands for one that an earlier response put out. */
const isReference = ({ type, role, id }: Item) =>
  typeof id === "string" && (type === "item_reference" || (!type && !role))

/** What is said in a request, as the messages of a chat; `referred` looks up what it only names. */
export function inputMessages(
  { input }: Pick<ResponseRequest, "input">,
  referred: (id: string) => ChatMessage[] = () => [],
): ChatMessage[] {
  if (typeof input === "string") return [{ role: "user", content: input }]
  return input.flatMap((item) => (isReference(item) ? referred(item.id ?? "") : chatMessages(item)))
}

/** Every output must answer a call that was made, in this request or before. */
export function requireCalls(messages: ChatMessage[]): void {
  const calls = JSON.stringify(messages.flatMap((message) => message.tool_calls ?? []))
  for (const { role, tool_call_id: id } of messages) {
    if (role !== "tool" || calls.includes(`"id":${JSON.stringify(id)}`)) continue
    throw new Refusal(400, `400 No tool call found for function call output with call_id ${id}.`)
  }
}

const namedSchema = z.object({ name: z.string() })

function toolChoice(choice: ResponseRequest["tool_choice"]): ChatRequest["tool_choice"] {
  if (typeof choice !== "object" || choice === null) return choice
  const named = namedSchema.safeParse(choice)
  return named.success ? { type: "function", function: named.data } : "auto"
}

/** The same question as a chat request, which is what answers are made from. */
export function chatRequestOf(request: ResponseRequest, messages: ChatMessage[]): ChatRequest {
  const { instructions, reasoning, text, tools, tool_choice, max_output_tokens } = request
  const format = text?.format
  const functions = (tools ?? []).filter((tool) => tool.type === "function")
  return chatRequestSchema.parse({
    model: request.model,
    messages: [...(instructions ? [{ role: "system", content: instructions }] : []), ...messages],
    max_tokens: max_output_tokens,
    tools: functions.map(({ name, parameters }) => ({ function: { name, parameters } })),
    tool_choice: toolChoice(tool_choice),
    ...(format && { response_format: { type: format.type, json_schema: format } }),
    ...(reasoning?.effort && { reasoning_effort: reasoning.effort }),
  })
}
