import type { Facts } from "./pack"

/** When a model thinks, and in which member of the answer the thoughts appear. */
export interface Thinking {
  when: "always" | "asked" | "never"
  shown: "reasoning_content" | "reasoning" | "hidden"
}

/**
 * The schemas say which switches a model has but not which models think unasked, so the families
 * the vendor's guide lists as thinking by name are told from their names here, once, when the
 * catalogue is packed.
 */
export function thinking(facts: Facts, ownFields: string[] | undefined): Thinking {
  const fields = ownFields ?? []
  const id = facts.id.toLowerCase()
  const isDenied = /non-?(reason|think)/.test(id)
  const isNamed = /think|reason|-r1|qwq|^o\d|^ring-/.test(id.replace(/^.*\//, ""))
  const isOfFamily =
    /kimi-k[23]|grok-(3-mini|code)|minimax\/(minimax-)?m\d|mimo|nemotron|step-3|ernie-x/.test(id)
  const isBehindOpenRouter = fields.includes("reasoning") && fields.includes("reasoning_effort")
  const isSilentFamily = /^open ?ai$|google/i.test(facts.developer) && !/gemma/.test(id)
  const shown = isBehindOpenRouter
    ? "reasoning"
    : isSilentFamily || /gpt-oss/.test(id)
      ? "hidden"
      : "reasoning_content"
  if (isDenied) return { when: "never", shown: "hidden" }
  if (isNamed || isOfFamily) return { when: "always", shown }
  if (isSilentFamily && /gpt-5|gpt-oss|gemini-(2\.5|3|flash|pro)/.test(id)) {
    return { when: "always", shown }
  }
  if (fields.includes("thinking") && /glm|longcat/.test(id)) return { when: "always", shown }
  const switches = ["reasoning", "thinking", "enable_thinking", "reasoning_effort"]
  const isAsked = ownFields
    ? switches.some((field) => ownFields.includes(field))
    : facts.features.includes("reasoning")
  if (isAsked) return { when: "asked", shown }
  return { when: "never", shown: "hidden" }
}
