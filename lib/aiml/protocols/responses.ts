import { createOpenAI } from "@ai-sdk/openai"
import { defaultSettingsMiddleware, wrapLanguageModel } from "ai"
import { shapeAround } from "../chat/shape-around"
import { shapingFetch } from "../http/shaping-fetch"
import type { TextProtocol } from "../protocol"
import type { Value } from "../schema/check"
import { streaming } from "../text/in-one-piece"
import { encodeItems } from "./response-items"

/** Responses: a list of items in, a list of items out. Nothing is stored at the upstream. */
export const responses: TextProtocol = {
  name: "responses",
  path: /\/responses$/,
  address: "/v1/responses",
  reading: { texts: [], files: "image", label: "Message" },
  attaches: ["image", "document"],
  spoken: ["input"],
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      input: { anyOf: [{ type: "string" }, { type: "array" }] },
      instructions: { type: "string" },
      max_output_tokens: { type: "integer", minimum: 16 },
      stream: { type: "boolean" },
      store: { type: "boolean" },
      tools: { type: "array" },
    },
    required: ["model", "input"],
  },
  languageModel(upstream, call) {
    const provider = createOpenAI({
      baseURL: upstream.root,
      apiKey: upstream.apiKey,
      fetch: shapingFetch(upstream, call, (body, schema) => {
        // Providers write JSON.
        const { input, tools, tool_choice } = body as Record<string, Value>
        return shapeAround(body, schema, call.params, {
          input: Array.isArray(input) ? [encodeItems(input, schema.properties.input)] : [],
          tools: tools === undefined ? [] : [tools],
          tool_choice: tool_choice === undefined || tools === undefined ? [] : [tool_choice],
        })
      }),
    })
    return streaming(unstored(provider.responses(call.model)), call)
  },
}

type Provided = ReturnType<ReturnType<typeof createOpenAI>["responses"]>

/** Thoughts come and go along, sealed, as the upstream keeps none that a later step could point to. */
function unstored(model: Provided) {
  const [name = ""] = model.provider.split(".")
  const options = { store: false, include: ["reasoning.encrypted_content"] }
  const settings = { providerOptions: { [name]: options } }
  return wrapLanguageModel({ model, middleware: defaultSettingsMiddleware({ settings }) })
}
