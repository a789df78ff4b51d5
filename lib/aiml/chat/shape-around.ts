import type { TextCall } from "../protocol"
import { fits, type Value } from "../schema/check"
import { declares } from "../schema/declares"
import type { Schema } from "../schema/schema"
import { type shapeChat, shapeSettings } from "./body"

/** The parts of a request that each dialect words itself; the settings go through the schema. */
export function shapeAround(
  body: Record<string, unknown>,
  schema: Schema,
  params: TextCall["params"],
  spoken: Record<string, readonly Value[]>,
): ReturnType<typeof shapeChat> {
  const settings = Object.fromEntries(Object.entries(body).filter(([name]) => !(name in spoken)))
  const shaped = shapeSettings(settings, schema, params)
  const leftOut = [...shaped.leftOut]
  for (const [name, candidates] of Object.entries(spoken)) {
    const [first] = candidates
    if (first === undefined) continue
    const inner = schema.properties[name]
    const found =
      candidates.find((value) => declares(inner, value)) ??
      candidates.find((value) => fits(inner, value))
    // What is said goes out even where the document seems not to take it: the upstream judges.
    if (found !== undefined) shaped.body[name] = found
    else if (name === "input" || name === "messages") shaped.body[name] = first
    else leftOut.push(name === "tools" ? "This model cannot use tools." : `${name} was not sent.`)
  }
  return { body: shaped.body, leftOut }
}
