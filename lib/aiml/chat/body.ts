import type { Params } from "../../base/json"
import { modelMember } from "../media/media-request"
import { check, fits, isObject, type Value } from "../schema/check"
import { labelOf } from "../schema/label"
import type { Schema } from "../schema/schema"
import { encodeConversation } from "./messages"
import { encodeReasoning, limitedParams } from "./reasoning"
import { encodeTools, toolWordings } from "./tools"
import { wireRequestSchema } from "./wire"

/**
 * A chat request, worded in the most common dialect, in the words of a model's own schema: roles, attachments, tools,
 * limits, reasoning. `params` are the person's own settings by the names of the schema and go as they
 * are. What the schema does not have is not sent; what that costs is said in `leftOut`.
 */
export function shapeChat(
  request: unknown,
  schema: Schema,
  params: Params = {},
): { body: Record<string, Value>; leftOut: string[] } {
  const { messages, tools, tool_choice, ...settings } = wireRequestSchema.parse(request)
  const { properties } = schema
  const offered = tools?.length ? toolWordings(properties.tools) : []
  const takesSystem = fits(properties.system, "")
  const said = encodeConversation(messages, properties.messages, takesSystem, offered)
  const used = encodeTools({ messages, tools, tool_choice }, properties, said.wording)
  const { leftOut: toolsLeftOut, ...toolMembers } = used
  const shaped = shapeSettings(settings, schema, params)
  if (messages.at(-1)?.role === "tool") goOnWithoutThinking(shaped.body)
  return {
    body: {
      ...shaped.body,
      messages: said.messages,
      ...(said.system && { system: said.system }),
      ...toolMembers,
    },
    leftOut: [...said.leftOut, ...toolsLeftOut, ...shaped.leftOut],
  }
}

/** An answer that began with thoughts goes on with them only where they come back sealed; here none do. */
function goOnWithoutThinking(body: Record<string, Value>): void {
  const { thinking } = body
  if (isObject(thinking) && thinking.type !== "disabled") delete body.thinking
}

// Not of the person's making: going without them needs no word.
const silent = new Set(["stream", "stream_options", "user", "n", "store", "include"])

/** The members of a request besides what is said, as a schema has them. */
export function shapeSettings(
  settings: Record<string, unknown>,
  schema: Schema,
  params: Params = {},
): { body: Record<string, Value>; leftOut: string[] } {
  const { model } = settings
  const body: Record<string, Value> = typeof model === "string" ? modelMember(model, schema) : {}
  const leftOut: string[] = []
  const ours = omit(settings, ["model", ...limitNames])
  const ownLimit = limitNames.map((name) => params[name]).find((value) => value !== undefined)
  const limit = ownLimit ?? limitNames.map((name) => settings[name]).find((value) => value)
  const limitTokens = typeof limit === "number" ? limit : null
  const wanted = renamed(withReasoning(ours, params, limitTokens, schema), schema)
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined) continue
    // Came from JSON or goes there.
    const fitting = fitted(schema.properties[name], value as Value)
    if (fitting !== undefined) body[name] = fitting
    else if (!silent.has(name)) leftOut.push(`This model has no setting “${labelOf(name)}”.`)
  }
  const limits = ownLimit === undefined ? outputLimit(limitTokens, schema) : {}
  return { body: { ...body, ...limits, ...limitedParams(params, limitTokens) }, leftOut }
}

function omit(settings: Record<string, unknown>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))
}

/** Names for the limit of an answer. The first that has a default is said, for defaults crop answers. */
const limitNames = ["max_tokens", "max_completion_tokens", "max_output_tokens"]

function outputLimit(limit: number | null, { properties }: Schema): Record<string, Value> {
  if (limit === null) return {}
  const known = limitNames.filter((name) => properties[name])
  const name = known.find((name) => properties[name]?.default !== undefined) ?? known[0]
  const value = name === undefined ? undefined : fitted(properties[name], limit)
  return name === undefined || value === undefined ? {} : { [name]: value }
}

// One thing under two names.
const synonyms: Readonly<Record<string, string>> = {
  stop: "stop_sequences",
  stop_sequences: "stop",
  instructions: "system",
}

function renamed(settings: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const entries = Object.entries(settings).map(([name, value]) => {
    const other = synonyms[name]
    const isRenamed = !schema.properties[name] && other && schema.properties[other]
    return isRenamed ? [other, value] : [name, value]
  })
  return Object.fromEntries(entries)
}

function withReasoning(
  settings: Record<string, unknown>,
  params: Params,
  limitTokens: number | null,
  schema: Schema,
): Record<string, unknown> {
  const { reasoning_effort, ...others } = settings
  const effort = typeof reasoning_effort === "string" ? reasoning_effort : null
  return { ...others, ...encodeReasoning(effort, params, limitTokens, schema) }
}

/** A value as a schema takes it: as it is, moved into its bounds, or as the one-entry list it wants. */
function fitted(schema: Schema | undefined, value: Value): Value | undefined {
  if (!schema) return undefined
  if (check(schema, value).length === 0) return value
  const candidates: Value[] = [[value]]
  if (typeof value === "number") {
    const { min = value, max = value } = schema
    candidates.push(Math.min(Math.max(value, min), max))
  }
  if (value === "json_object" || isJsonSchemaFormat(value)) candidates.push({ type: "json_object" })
  return candidates.find((candidate) => fits(schema, candidate))
}

function isJsonSchemaFormat(value: Value): boolean {
  return (
    typeof value === "object" && value !== null && "type" in value && value.type === "json_schema"
  )
}
