import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { shapeAround } from "../chat/shape-around"
import { shapingFetch } from "../http/shaping-fetch"
import type { TextProtocol } from "../protocol"
import { streaming } from "../text/in-one-piece"

/** The oldest protocol: a text that the model goes on with. */
export const completions: TextProtocol = {
  name: "completions",
  path: /(?<!\/chat)\/completions$/,
  address: "/v1/completions",
  reading: { texts: [], files: "document", label: "Text" },
  attaches: [],
  spoken: ["prompt"],
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      prompt: { type: "string" },
      max_tokens: { type: "integer", minimum: 1, maximum: 8_000 },
      stream: { type: "boolean" },
      temperature: { type: "number", minimum: 0, maximum: 2 },
    },
    required: ["model", "prompt"],
  },
  languageModel(upstream, call) {
    const provider = createOpenAICompatible({
      name: "upstream",
      baseURL: upstream.root,
      apiKey: upstream.apiKey,
      fetch: shapingFetch(upstream, call, (body, schema) =>
        shapeAround(body, schema, call.params, {}),
      ),
    })
    return streaming(provider.completionModel(call.model), call)
  },
}
