import { AsyncLocalStorage } from "node:async_hooks"
import { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible"
import { convertToOpenAICompatibleChatMessages } from "@ai-sdk/openai-compatible/internal"
import {
  createJsonErrorResponseHandler,
  extractResponseHeaders,
  postJsonToApi,
  type ResponseHandler,
} from "@ai-sdk/provider-utils"
import { type LanguageModelMiddleware, wrapLanguageModel } from "ai"
import { shapeChat } from "../chat/body"
import { bypass } from "../chat/bypass"
import { besideChunks } from "../chat/chunks"
import { readPlainly } from "../chat/plain-stream"
import type { Upstream } from "../http/upstream"
import type { TextCall, TextProtocol } from "../protocol"
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
    return streaming(wrapLanguageModel({ model, middleware: during(upstream, call) }), call)
  },
}

// Each of the provider's models builds a schema of chunks and compiles it at its first use, which takes
// longer than all else that is done before the upstream is asked. One serves all calls.
const providers = new WeakMap<Upstream, OpenAICompatibleChatLanguageModel>()
const calls = new AsyncLocalStorage<TextCall>()

/** What the one model does belongs to this call; a stream without tools does without it. */
function during(upstream: Upstream, call: TextCall): LanguageModelMiddleware {
  return {
    specificationVersion: "v4",
    wrapStream: ({ doStream, params }) =>
      params.tools?.length || params.responseFormat
        ? calls.run(call, doStream)
        : streamPlainly(upstream, call, params),
    wrapGenerate: ({ doGenerate }) => calls.run(call, doGenerate),
  }
}

type WrapStream = NonNullable<LanguageModelMiddleware["wrapStream"]>

/** The provider's own request and errors; only what comes back is read here. */
async function streamPlainly(
  upstream: Upstream,
  call: TextCall,
  { prompt, maxOutputTokens, headers, abortSignal }: Parameters<WrapStream>[0]["params"],
): Promise<Awaited<ReturnType<WrapStream>>> {
  const { value, responseHeaders } = await postJsonToApi({
    url: upstream.root,
    headers: { authorization: `Bearer ${upstream.apiKey}`, ...headers },
    body: {
      messages: convertToOpenAICompatibleChatMessages(prompt),
      max_tokens: maxOutputTokens,
      stream: true,
      stream_options: { include_usage: true },
    },
    failedResponseHandler,
    successfulResponseHandler,
    abortSignal,
    fetch: chatFetch(upstream, call, (stream) => stream),
  })
  return { stream: readPlainly(value, call.words), response: { headers: responseHeaders } }
}

const failedResponseHandler = createJsonErrorResponseHandler(besideChunks)

const successfulResponseHandler: ResponseHandler<ReadableStream<Uint8Array>> = async ({
  response,
}) => ({
  responseHeaders: extractResponseHeaders(response),
  value: response.body ?? new Blob([]).stream(),
})

function chatFetch(
  upstream: Upstream,
  call: TextCall,
  read: (stream: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>,
) {
  return shapingFetch(upstream, call, (body, schema) => shapeChat(body, schema, call.params), read)
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
      return chatFetch(upstream, call, (stream) => bypass(stream, call.words))(input, init)
    },
  })
}
