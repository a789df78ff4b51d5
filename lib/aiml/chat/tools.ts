import { fits, type Value } from "../schema/check"
import type { Schema } from "../schema/schema"
import type { WireRequest, WireTool } from "./wire"

/** Tools and the choice among them in the dialect that a schema takes; nothing where it takes none. */
export function encodeTools(
  { tools = [], tool_choice: choice }: WireRequest,
  schemas: { tools?: Schema | undefined; tool_choice?: Schema | undefined },
): { tools?: Value; tool_choice?: Value; leftOut: string[] } {
  if (tools.length === 0) return { leftOut: [] }
  const lists = [tools.map(asFunction), tools.map(asFlatFunction), tools.map(asInputSchema)]
  const list = lists.find((candidate) => fits(schemas.tools, candidate))
  if (!list) return { leftOut: ["This model cannot use tools."] }
  const chosen = choiceCandidates(choice).find((value) => fits(schemas.tool_choice, value))
  // "auto" is what every model does unasked.
  const isLost = chosen === undefined && choice !== undefined && choice !== "auto"
  return {
    tools: list,
    ...(chosen !== undefined && choice !== undefined && { tool_choice: chosen }),
    leftOut: isLost ? ["This model cannot be told which tool to use."] : [],
  }
}

function asFunction({ function: { name, description, parameters, strict } }: WireTool): Value {
  return {
    type: "function",
    function: {
      name,
      description: description ?? name,
      parameters: parameters ?? emptyParameters,
      ...(strict !== undefined && { strict }),
    },
  }
}

function asFlatFunction({ function: { name, description, parameters, strict } }: WireTool): Value {
  return {
    type: "function",
    name,
    description: description ?? name,
    parameters: parameters ?? emptyParameters,
    strict: strict ?? false,
  }
}

function asInputSchema({ function: { name, description, parameters } }: WireTool): Value {
  return { name, description: description ?? name, input_schema: parameters ?? emptyParameters }
}

const emptyParameters = { type: "object", properties: {} }

function choiceCandidates(choice: WireRequest["tool_choice"]): Value[] {
  if (choice === undefined) return []
  if (typeof choice !== "string") {
    const { name } = choice.function
    return [
      { type: "function", function: { name } },
      { type: "function", name },
      { type: "tool", name },
    ]
  }
  const words: Record<string, string> = { auto: "auto", none: "none", required: "any" }
  return [choice, { type: words[choice] ?? choice }]
}
