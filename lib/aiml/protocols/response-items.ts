import { itemSchemas } from "../chat/messages"
import { fits, isObject, type Value } from "../schema/check"
import type { Schema } from "../schema/schema"

/**
 * The input of a response in the words of a schema: each item as the provider words it, without the
 * members a document does not know, or in plain words where a model has no such item. Where a document
 * takes only a text or one item, the conversation is told as one.
 */
export function encodeItems(items: readonly Value[], schema: Schema | undefined): Value {
  if (!schema) return [...items]
  for (const item of itemSchemas(schema)) {
    // Thoughts that a document has no item for have no plain words either.
    const told = items.filter((value) => !isThought(value) || fits(item, value))
    const encoded = told.map((value) => candidatesOf(value).find((entry) => fits(item, entry)))
    if (encoded.every((value) => value !== undefined) && fits(schema, encoded)) return encoded
  }
  const [only] = items
  const single =
    items.length === 1 && only !== undefined
      ? candidatesOf(only).find((value) => fits(schema, value))
      : undefined
  return single ?? items.map(inWords).join("\n\n")
}

const isThought = (value: Value) => isObject(value) && value.type === "reasoning"

function candidatesOf(value: Value): Value[] {
  if (!isObject(value)) return [value]
  const { role, content } = value
  if (role === undefined || content === undefined) {
    const told = inWords(value)
    return [
      value,
      { type: "message", role: "user", content: told },
      { role: "user", content: told },
    ]
  }
  const detailed = Array.isArray(content) ? content.map(withDetail) : content
  return [
    value,
    { type: "message", role, content },
    { type: "message", role, content: detailed },
    { type: "message", role, content: textOf(content) },
  ]
}

function withDetail(part: Value): Value {
  return isObject(part) && part.type === "input_image" ? { ...part, detail: "auto" } : part
}

function textOf(content: Value): string {
  if (typeof content === "string") return content
  if (!Array.isArray(content)) return ""
  return content
    .flatMap((part) => (isObject(part) && typeof part.text === "string" ? [part.text] : []))
    .join("\n\n")
}

function inWords(value: Value): string {
  if (!isObject(value)) return String(value)
  const { role, content, type, name, arguments: args, output } = value
  if (content !== undefined)
    return role === "user" ? textOf(content) : `[${role}: ${textOf(content)}]`
  if (type === "function_call") return `[The tool ${name} was called with ${args}]`
  return typeof output === "string" ? `[The tool answered: ${output}]` : ""
}
