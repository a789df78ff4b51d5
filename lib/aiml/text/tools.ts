import type {
  JSONValue,
  LanguageModelV4FunctionTool,
  LanguageModelV4ToolCall,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider"
import { asSchema, type ToolSet } from "ai"
import type { AnswerListener } from "./answer"

/** Tools as a provider offers them to its model. */
export async function describeTools(tools: ToolSet): Promise<LanguageModelV4FunctionTool[]> {
  return Promise.all(
    Object.entries(tools).map(async ([name, { description, inputSchema }]) => ({
      type: "function" as const,
      name,
      ...(typeof description === "string" && { description }),
      inputSchema: await asSchema(inputSchema).jsonSchema,
    })),
  )
}

/** A call and its result, as the next step tells the model about them. */
export type Exchange = { input: object; result: LanguageModelV4ToolResultPart }

/**
 * Runs a call that a model made, and tells the listener of the call and of its result. Never rejects: what goes
 * wrong, wrong arguments included, is the result, for the model to read.
 */
export async function runCall(
  { toolCallId, toolName, input: json }: LanguageModelV4ToolCall,
  tools: ToolSet,
  listener: AnswerListener,
  abortSignal: AbortSignal,
): Promise<Exchange> {
  const parsed = parseInput(json)
  const input = parsed ?? {}
  listener.toolCall({ id: toolCallId, name: toolName, input: parsed ?? json })
  const resultOf = (output: LanguageModelV4ToolResultPart["output"]): Exchange => ({
    input,
    result: { type: "tool-result", toolCallId, toolName, output },
  })
  try {
    if (!parsed) throw new Error("The arguments are not a JSON object.")
    const tool = Object.hasOwn(tools, toolName) ? tools[toolName] : undefined
    if (!tool?.execute) throw new Error(`There is no tool “${toolName}”.`)
    const checked = await asSchema(tool.inputSchema).validate?.(parsed)
    if (checked?.success === false) throw checked.error
    const options = { toolCallId, messages: [], abortSignal, context: undefined }
    const output: unknown = await tool.execute(checked?.value ?? parsed, options)
    listener.toolResult({ id: toolCallId, output, error: null })
    return resultOf(
      typeof output === "string"
        ? { type: "text", value: output }
        : { type: "json", value: (output ?? null) as JSONValue }, // our tools give JSON
    )
  } catch (error) {
    const message = messageOf(error)
    listener.toolResult({ id: toolCallId, output: null, error: message })
    return resultOf({ type: "error-text", value: message })
  }
}

/** Arguments of a call; null for what is no JSON object. Some models send nothing for no arguments. */
function parseInput(json: string): object | null {
  if (json.trim() === "") return {}
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

// Our own sentences are for people; what a library says of a wrong input is for the model.
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : "The tool failed."
}
