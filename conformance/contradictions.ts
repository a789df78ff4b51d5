import { compile } from "../simulator/validate"
import type { Operation } from "./operations"
import { asSchema } from "./values"

/**
 * Contradictions within a document, described; the client sends the sensible variant. Examples: a default its own
 * schema rejects, or swapped descriptions of `tools` and `tool_choice`.
 */
function contradictionsOf({ request }: Operation): string[] {
  const properties = asSchema(request?.properties)
  const defaults = Object.entries(properties).flatMap(([name, schema]) => {
    const { default: preset, ...rest } = asSchema(schema)
    if (preset === undefined || preset === null || compile(rest)(preset)) return []
    return [`the default of ${name}, ${JSON.stringify(preset)}, does not fit its own schema`]
  })
  const choice = asSchema(asSchema(properties.tool_choice).properties)
  const isSwapped = choice.input_schema !== undefined
  return [...defaults, ...(isSwapped ? ["tools and tool_choice stand in each other's place"] : [])]
}

/** All contradictory documents, one line per contradiction with the affected operations. */
export function contradictions(operations: readonly Operation[]): string[] {
  const found = operations.flatMap((operation) =>
    contradictionsOf(operation).map((words) => ({ words, operation })),
  )
  return [...Map.groupBy(found, ({ words }) => words)].map(([words, all]) => {
    const names = all.map(({ operation }) => operation.models[0] ?? operation.source)
    const shown = names.slice(0, 4).join(", ")
    const more = names.length > 4 ? ` and ${names.length - 4} more` : ""
    return `${words} (${all.length}): ${shown}${more}`
  })
}
