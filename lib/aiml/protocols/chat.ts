import { chatModel } from "../chat/model"
import { comesWhole } from "../chat/sound"
import type { TextProtocol } from "../protocol"
import { canStream } from "../text/in-one-piece"

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
  languageModel: (upstream, call) =>
    chatModel(upstream, call, canStream(call.operation) && !comesWhole(call.params)),
}
