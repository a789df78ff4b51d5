const models = [
  { id: "bench/chat", type: "chat-completion", name: "Bench Chat", output: "text" },
  { id: "bench/chat-small", type: "chat-completion", name: "Bench Chat Small", output: "text" },
  { id: "bench/image", type: "image", name: "Bench Image", output: "image" },
]

/** The model used in every question. */
export const chatModel = "bench/chat"

/** The model list in the vendor's format. */
export function listModels(baseUrl: string): object {
  const data = models.map(({ id, type, name, output }) => ({
    id,
    type,
    aliases: [],
    tags: [],
    info: {
      name,
      developer: "Bench",
      description: "",
      contextLength: 128_000,
      outputMax: 64_000,
      url: "",
      docsUrl: "",
      docsJson: `${baseUrl}/docs-json?model=${encodeURIComponent(id)}&endpoint=${type}`,
    },
    modalities: { input: ["text"], output: [output] },
    capabilities: output === "text" ? ["streaming"] : [],
  }))
  return { object: "list", data }
}

/** The OpenAPI document of the chat models. */
export function chatDocument(baseUrl: string): object {
  const message = {
    type: "object",
    properties: { role: { type: "string" }, content: { type: "string" } },
    required: ["role", "content"],
  }
  const schema = {
    type: "object",
    properties: {
      model: { type: "string" },
      messages: { type: "array", items: message },
      stream: { type: "boolean" },
      stream_options: { type: "object", properties: { include_usage: { type: "boolean" } } },
      max_tokens: { type: "number", minimum: 1 },
    },
    required: ["model", "messages"],
  }
  const post = {
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { 200: { content: { "application/json": { schema: {} } } } },
  }
  return {
    openapi: "3.0.0",
    info: { title: "Bench", version: "1.0.0" },
    servers: [{ url: baseUrl }],
    paths: { "/v1/chat/completions": { post } },
  }
}
