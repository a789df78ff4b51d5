import { fits, type Value } from "../schema/check"
import { declares } from "../schema/declares"
import type { Schema } from "../schema/schema"
import type { Wording } from "./exchanges"
import type { WireRequest, WireTool } from "./wire"

type Shape = { wording: Wording; tool: (tool: WireTool) => Value }

/** The ways to offer a tool, the most common first. */
const shapes: readonly Shape[] = [
  { wording: "functions", tool: asFunction },
  { wording: "functions", tool: asFlatFunction },
  { wording: "blocks", tool: asInputSchema },
]
const bareTool: WireTool = { type: "function", function: { name: "tool" } }
const known = new WeakMap<Schema, readonly Shape[]>()

/** The shapes that a schema describes; where it describes none, the first that it lets pass. */
function shapesIn(schema: Schema | undefined): readonly Shape[] {
  if (!schema) return []
  const before = known.get(schema)
  if (before) return before
  const described = shapes.filter(({ tool }) => declares(schema, [tool(bareTool)]))
  const passing = shapes.filter(({ tool }) => fits(schema, [tool(bareTool)])).slice(0, 1)
  const found = described.length > 0 ? described : passing
  known.set(schema, found)
  return found
}

/** The wordings in which a model takes tools, the preferred one first. */
export function toolWordings(schema: Schema | undefined): Wording[] {
  return shapesIn(schema).map(({ wording }) => wording)
}

/**
 * Tools and the choice among them in the dialect that a schema takes, and in the wording of the
 * conversation; nothing where it takes none.
 */
export function encodeTools(
  { tools = [], tool_choice: choice }: WireRequest,
  schemas: { tools?: Schema | undefined; tool_choice?: Schema | undefined },
  told: Wording | null = null,
): { tools?: Value; tool_choice?: Value; leftOut: string[] } {
  if (tools.length === 0) return { leftOut: [] }
  const list = shapesIn(schemas.tools)
    .toSorted((a, b) => Number(b.wording === told) - Number(a.wording === told))
    .map(({ tool }) => tools.map(tool))
    .find((offered) => fits(schemas.tools, offered))
  if (!list) return { leftOut: ["This model cannot use tools."] }
  const chosen = choiceCandidates(choice).find((value) => declares(schemas.tool_choice, value))
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
