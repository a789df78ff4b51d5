import { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible"
import { shapeChat } from "../chat/body"
import { bypass } from "../chat/bypass"
import { besideChunks } from "../chat/chunks"
import type { TextProtocol } from "../protocol"
import { shapingFetch, streaming } from "./providers"

/** Chat completions. Guard models and models that search speak it too. */
export const chat: TextProtocol = {
  name: "chat",
  path: /\/chat\/completions$|\/deployments\/[^/]+$/,
  address: "/v1/chat/completions",
  reading: { texts: [], files: "image", label: "Message" },
  attaches: ["image", "document", "audio", "video"],
  // One answer is shown; several would be paid for and lost.
  spoken: ["messages", "system", "n"],
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      messages: { type: "array" },
      max_tokens: { type: "number", minimum: 1 },
      stream: { type: "boolean" },
      stream_options: { type: "object" },
      temperature: { type: "number", minimum: 0, maximum: 2 },
      top_p: { type: "number", minimum: 0, maximum: 1 },
      stop: { type: "array", items: { type: "string" } },
      seed: { type: "integer" },
      response_format: { type: "object" },
      tools: { type: "array" },
      tool_choice: {},
    },
    required: ["model", "messages"],
  },
  languageModel(upstream, call) {
    const model = new OpenAICompatibleChatLanguageModel(call.model, {
      provider: "upstream.chat",
      url: () => upstream.root,
      headers: { authorization: `Bearer ${upstream.apiKey}` },
      includeUsage: true,
      supportsStructuredOutputs: true,
      errorStructure: besideChunks,
      fetch: shapingFetch(
        upstream,
        call,
        (body, schema) => shapeChat(body, schema, call.params),
        (stream) => bypass(stream, call.words),
      ),
    })
    return streaming(model, call)
  },
}
