import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4TextPart,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider"
import type { WireMessage, WirePart, WireRequest } from "./wire"

/** A call of the provider interface as a chat request in the most common dialect. */
export function toChatRequest(options: LanguageModelV4CallOptions): WireRequest {
  const { prompt, maxOutputTokens, tools, toolChoice, responseFormat } = options
  return {
    messages: prompt.flatMap(toMessages),
    ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens }),
    ...(tools?.length && {
      tools: tools.flatMap((tool) =>
        tool.type !== "function"
          ? []
          : [
              {
                type: "function" as const,
                function: {
                  name: tool.name,
                  ...(tool.description !== undefined && { description: tool.description }),
                  parameters: { ...tool.inputSchema },
                },
              },
            ],
      ),
      ...(toolChoice && { tool_choice: toToolChoice(toolChoice) }),
    }),
    ...(responseFormat?.type === "json" && { response_format: toFormat(responseFormat) }),
    stream: true,
    stream_options: { include_usage: true },
  }
}

function toToolChoice(choice: NonNullable<LanguageModelV4CallOptions["toolChoice"]>) {
  if (choice.type !== "tool") return choice.type
  return { type: "function", function: { name: choice.toolName } }
}

function toFormat({
  schema,
  name = "response",
}: Extract<LanguageModelV4CallOptions["responseFormat"], { type: "json" }>) {
  if (!schema) return { type: "json_object" }
  return { type: "json_schema", json_schema: { schema, strict: true, name } }
}

function toMessages(message: LanguageModelV4Message): WireMessage[] {
  switch (message.role) {
    case "system":
      return [{ role: "system", content: message.content }]
    case "user": {
      const [first, ...more] = message.content
      if (first?.type === "text" && more.length === 0)
        return [{ role: "user", content: first.text }]
      return [{ role: "user", content: message.content.map(toPart) }]
    }
    case "assistant":
      return [toAnswer(message.content)]
    case "tool":
      return message.content.flatMap((part) =>
        part.type === "tool-result"
          ? [{ role: "tool", tool_call_id: part.toolCallId, content: resultOf(part) }]
          : [],
      )
  }
}

function toAnswer(
  content: Extract<LanguageModelV4Message, { role: "assistant" }>["content"],
): WireMessage {
  const textOf = (type: "text" | "reasoning") =>
    content.flatMap((part) => (part.type === type ? [part.text] : [])).join("")
  const calls = content.flatMap((part) =>
    part.type === "tool-call"
      ? [
          {
            id: part.toolCallId,
            type: "function",
            function: { name: part.toolName, arguments: JSON.stringify(part.input) },
            ...part.providerOptions?.chat,
          },
        ]
      : [],
  )
  const [text, thought] = [textOf("text"), textOf("reasoning")]
  return {
    role: "assistant",
    content: calls.length > 0 && text === "" ? null : text,
    ...(thought !== "" && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

function resultOf({ output }: LanguageModelV4ToolResultPart): string {
  switch (output.type) {
    case "text":
    case "error-text":
      return output.value
    case "json":
    case "error-json":
    case "content":
      return JSON.stringify(output.value)
    case "execution-denied":
      return output.reason ?? "The call was not allowed."
  }
}

function toPart(part: LanguageModelV4TextPart | LanguageModelV4FilePart): WirePart {
  if (part.type === "text") return { type: "text", text: part.text }
  const { mediaType, filename = "document.pdf", data } = part
  if (data.type !== "data") throw new Error("files are given to a model by their bytes")
  const base64 =
    typeof data.data === "string" ? data.data : Buffer.from(data.data).toString("base64")
  const url = `data:${mediaType};base64,${base64}`
  const [kind, subtype = ""] = mediaType.split("/")
  if (kind === "image") return { type: "image_url", image_url: { url } }
  if (kind === "video") return { type: "video_url", video_url: { url } }
  if (kind === "audio") {
    const format = subtype === "mpeg" ? "mp3" : subtype
    return { type: "input_audio", input_audio: { data: base64, format } }
  }
  if (kind === "text") return { type: "text", text: Buffer.from(base64, "base64").toString() }
  return { type: "file", file: { filename, file_data: url } }
}
