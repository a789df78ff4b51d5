import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4TextPart,
} from "@ai-sdk/provider"
import type { ModelMessage, UserContent } from "ai"

/**
 * A conversation as the AI SDK's callers write it, in the form that its providers take. Only what this product
 * says: text, files by their bytes, calls of tools and their results. Throws for anything else.
 */
export function toPrompt(
  messages: readonly ModelMessage[],
  instructions?: string,
): LanguageModelV4Prompt {
  const prompt = messages.map(toPromptMessage)
  return instructions ? [{ role: "system", content: instructions }, ...prompt] : prompt
}

function toPromptMessage(message: ModelMessage): LanguageModelV4Message {
  switch (message.role) {
    case "system":
      return { role: "system", content: message.content }
    case "user":
      return { role: "user", content: toUserContent(message.content) }
    case "assistant": {
      const { content } = message
      if (typeof content === "string") {
        return { role: "assistant", content: [{ type: "text", text: content }] }
      }
      return {
        role: "assistant",
        content: content.map((part) => {
          if (part.type === "text" || part.type === "tool-call") return part
          throw new Error(`an answer with a ${part.type} cannot be told to a model`)
        }),
      }
    }
    case "tool":
      return {
        role: "tool",
        content: message.content.map((part) => {
          if (part.type !== "tool-result") throw new Error(`no model is told a ${part.type}`)
          const { output } = part
          if (output.type === "content") throw new Error("results of tools are JSON")
          return { ...part, output }
        }),
      }
  }
}

function toUserContent(
  content: UserContent,
): (LanguageModelV4TextPart | LanguageModelV4FilePart)[] {
  if (typeof content === "string") return [{ type: "text", text: content }]
  return content.flatMap((part): (LanguageModelV4TextPart | LanguageModelV4FilePart)[] => {
    if (part.type === "text") return part.text === "" ? [] : [{ type: "text", text: part.text }]
    if (part.type !== "file" || !(part.data instanceof Uint8Array)) {
      throw new Error("files are given to a model by their bytes")
    }
    const { mediaType, filename, data } = part
    return [
      { type: "file", mediaType, ...(filename && { filename }), data: { type: "data", data } },
    ]
  })
}
