import { z } from "zod"
import type { ChatRequest } from "../chat-request"
import type { ToolCall } from "../dialects"
import { token } from "../random"
import { valueFor } from "./from-schema"
import type { Question } from "./question"
import { meansTool } from "./tool-cues"

const plainVerbs = new Set(["get", "fetch", "lookup", "find", "do", "run", "the"])

/** Whether a prompt speaks of a tool: by its name, or by all the words its name is made of. */
function mentions(prompt: string, name: string): boolean {
  const text = prompt.toLowerCase()
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word && !plainVerbs.has(word))
  // A tool is named by its whole name; "calculate" alone is also an ordinary word.
  if (/[^a-z]/i.test(name) && text.includes(name.toLowerCase())) return true
  const meant = meansTool(prompt, name)
  if (meant !== undefined) return meant
  return (
    text.includes(name.toLowerCase()) ||
    (words.length > 0 && words.every((word) => new RegExp(`\\b${word}`).test(text)))
  )
}

/** The one tool call a request asks for, if any. The simulator never calls twice in a row. */
export function wantedToolCall(request: ChatRequest, question: Question): ToolCall | undefined {
  const { tools, tool_choice: choice } = request
  if (!tools?.length || choice === "none" || question.toolResult !== undefined) return undefined
  const offered = tools.flatMap((tool) => {
    if (tool.function) return { name: tool.function.name, schema: tool.function.parameters }
    return tool.name ? { name: tool.name, schema: tool.input_schema } : []
  })
  const forced = z
    .object({ name: z.string().optional(), function: z.object({ name: z.string() }).optional() })
    .safeParse(choice)
  const forcedName = forced.success ? (forced.data.function?.name ?? forced.data.name) : undefined
  const isForced = choice === "required" || JSON.stringify(choice)?.includes('"any"')
  const tool =
    offered.find(({ name }) => name === forcedName) ??
    offered.find(({ name }) => mentions(question.text, name)) ??
    (isForced ? offered[0] : undefined)
  if (!tool) return undefined
  const schema = {
    type: "object",
    ...z.record(z.string(), z.unknown()).catch({}).parse(tool.schema),
  }
  return {
    id: `call_${token(`${question.seed}${question.messageCount}`, 24)}`,
    type: "function",
    function: { name: tool.name, arguments: JSON.stringify(valueFor(schema, question.text)) },
  }
}
