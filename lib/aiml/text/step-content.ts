import type { LanguageModelV4Message, LanguageModelV4StreamPart } from "@ai-sdk/provider"

type AssistantPart = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number]
type Spoken = Extract<AssistantPart, { type: "text" | "reasoning" }>

/**
 * What a model said in one step, in order, as the next step repeats it: text, thoughts with their seals (a
 * provider's metadata), calls of tools.
 */
export function createStepContent() {
  const parts: AssistantPart[] = []
  const open = new Map<string, Spoken>()
  const inputs = new Map<string, Extract<AssistantPart, { type: "tool-call" }>>()

  function spoken(type: Spoken["type"], id: string): Spoken {
    const key = `${type} ${id}`
    const known = open.get(key)
    if (known) return known
    const part: Spoken = { type, text: "" }
    open.set(key, part)
    parts.push(part)
    return part
  }

  return {
    add(part: LanguageModelV4StreamPart): void {
      switch (part.type) {
        case "text-delta":
        case "reasoning-start":
        case "reasoning-delta":
        case "reasoning-end": {
          const type = part.type === "text-delta" ? "text" : "reasoning"
          const growing = spoken(type, part.id)
          if ("delta" in part) growing.text += part.delta
          if (part.providerMetadata) growing.providerOptions = part.providerMetadata
          return
        }
        case "text-end":
          open.delete(`text ${part.id}`)
          return
        case "tool-call": {
          const { toolCallId, toolName, providerMetadata } = part
          const call = { type: part.type, toolCallId, toolName, input: {} }
          const kept = providerMetadata ? { ...call, providerOptions: providerMetadata } : call
          inputs.set(toolCallId, kept)
          parts.push(kept)
        }
      }
    },
    /** The arguments of a call, once they are read. */
    setInput(toolCallId: string, input: object): void {
      const call = inputs.get(toolCallId)
      if (call) call.input = input
    },
    message(): LanguageModelV4Message {
      const content = parts.filter((part) => part.type !== "text" || part.text !== "")
      return { role: "assistant", content }
    },
  }
}
