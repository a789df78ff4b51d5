import { AsyncLocalStorage } from "node:async_hooks"
import { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible"
import { type LanguageModelMiddleware, wrapLanguageModel } from "ai"
import { shapeChat } from "../chat/body"
import { bypass } from "../chat/bypass"
import { besideChunks } from "../chat/chunks"
import type { TextCall, TextProtocol } from "../protocol"
import type { Upstream } from "../upstream"
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
    const model = providers.get(upstream) ?? createProvider(upstream)
    providers.set(upstream, model)
    return streaming(wrapLanguageModel({ model, middleware: during(call) }), call)
  },
}

// Each of the provider's models builds a schema of chunks and compiles it at its first use, which takes
// longer than all else that is done before the upstream is asked. One serves all calls.
const providers = new WeakMap<Upstream, OpenAICompatibleChatLanguageModel>()
const calls = new AsyncLocalStorage<TextCall>()

/** What the one model does belongs to this call. */
function during(call: TextCall): LanguageModelMiddleware {
  return {
    specificationVersion: "v4",
    wrapStream: ({ doStream }) => calls.run(call, doStream),
    wrapGenerate: ({ doGenerate }) => calls.run(call, doGenerate),
  }
}

function createProvider(upstream: Upstream): OpenAICompatibleChatLanguageModel {
  return new OpenAICompatibleChatLanguageModel("of the call", {
    provider: "upstream.chat",
    url: () => upstream.root,
    headers: { authorization: `Bearer ${upstream.apiKey}` },
    includeUsage: true,
    supportsStructuredOutputs: true,
    errorStructure: besideChunks,
    fetch(input, init) {
      const call = calls.getStore()
      if (!call) throw new Error("the provider is asked by a call only")
      const send = shapingFetch(
        upstream,
        call,
        (body, schema) => shapeChat(body, schema, call.params),
        (stream) => bypass(stream, call.words),
      )
      return send(input, init)
    },
  })
}
