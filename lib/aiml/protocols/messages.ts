import { createAnthropic } from "@ai-sdk/anthropic"
import { shapeAround } from "../chat/shape-around"
import { shapingFetch } from "../http/shaping-fetch"
import type { TextProtocol } from "../protocol"
import type { Value } from "../schema/check"
import { streaming } from "../text/in-one-piece"

/** Messages: instructions apart, content in blocks. */
export const messages: TextProtocol = {
  name: "messages",
  path: /\/messages$/,
  address: "/v1/messages",
  reading: { texts: [], files: "image", label: "Message" },
  attaches: ["image", "document"],
  spoken: ["messages", "system"],
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      messages: { type: "array" },
      system: { anyOf: [{ type: "string" }, { type: "array" }] },
      max_tokens: { type: "integer", minimum: 1 },
      stream: { type: "boolean" },
      temperature: { type: "number", minimum: 0, maximum: 1 },
      tools: { type: "array" },
    },
    required: ["model", "messages", "max_tokens"],
  },
  languageModel(upstream, call) {
    const provider = createAnthropic({
      baseURL: upstream.root,
      authToken: upstream.apiKey,
      fetch: shapingFetch(upstream, call, (body, schema) => {
        // Providers write JSON.
        const { messages, system, tools, tool_choice } = body as Record<string, Value>
        return shapeAround(body, schema, call.params, {
          messages: messages === undefined ? [] : [messages],
          system: system === undefined ? [] : [textOf(system), system],
          tools: tools === undefined ? [] : [tools],
          tool_choice: tool_choice === undefined || tools === undefined ? [] : [tool_choice],
        })
      }),
    })
    return streaming(provider.messages(call.model), call)
  },
}

function textOf(blocks: Value): Value {
  if (!Array.isArray(blocks)) return blocks
  return blocks
    .flatMap((block) =>
      typeof block === "object" && block !== null && "text" in block ? [block.text] : [],
    )
    .join("\n\n")
}
