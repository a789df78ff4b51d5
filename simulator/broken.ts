// What a catalogue may look like on a bad day. Whoever reads it must keep what is sound and pass over
// the rest.

const info = { name: "Broken", developer: "Acme", description: "", releasedAt: "2026-01-01" }
const rest = { type: "openai/chat-completions", aliases: [], tags: [], info }

/** Entries that are no models, or hardly, each wrong in a way of its own. */
const brokenEntries: unknown[] = [
  "broken/just-a-text",
  null,
  42,
  [],
  {},
  { ...rest },
  { ...rest, id: null },
  { ...rest, id: 7 },
  { ...rest, id: "" },
  { ...rest, id: "broken/type-is-number", type: 5 },
  { ...rest, id: "broken/type-is-missing", type: undefined },
  { ...rest, id: "broken/aliases-are-null", aliases: null },
  { ...rest, id: "broken/aliases-are-text", aliases: "one,two" },
  { ...rest, id: "broken/tags-are-missing", tags: undefined },
  { ...rest, id: "broken/info-is-missing", info: undefined },
  { ...rest, id: "broken/info-is-text", info: "Broken by Acme" },
  { ...rest, id: "broken/name-is-null", info: { ...info, name: null } },
  { ...rest, id: "broken/context-is-text", info: { ...info, contextLength: "128k" } },
  { ...rest, id: "broken/docs-is-no-address", info: { ...info, docsJson: "javascript:alert(1)" } },
  { ...rest, id: "broken/modalities-are-list", modalities: ["text"], capabilities: "tools" },
  { ...rest, id: "broken/pricing-is-null", pricing: null },
  { ...rest, id: "broken/pricing-is-unknown", pricing: { kind: "auction", bids: [1, 2] } },
  {
    ...rest,
    id: "broken/price-is-text",
    pricing: {
      kind: "fixed",
      units: [{ name: "token", measure: "input", price: "0.5 USD", per: "1M" }],
    },
  },
  {
    ...rest,
    id: "broken/price-per-nothing",
    pricing: { kind: "fixed", units: [{ name: "token", measure: "input", price: -1, per: 0 }] },
  },
  {
    ...rest,
    id: "broken/variants-are-missing",
    pricing: { kind: "variants", dimensions: ["resolution"] },
  },
  { ...rest, id: "broken/twice" },
  { ...rest, id: "broken/twice", type: "openai/image-generations" },
]

/** The list with broken entries at its head, in its midst and at its end. */
export function withBrokenEntries(list: readonly unknown[]): unknown[] {
  const step = Math.max(1, Math.ceil(list.length / brokenEntries.length))
  const mixed = brokenEntries.flatMap((entry, index) => [
    entry,
    ...list.slice(index * step, (index + 1) * step),
  ])
  return [...mixed, null]
}

const document = (schema: object) => ({
  openapi: "3.0.0",
  info: { title: "AIML API", version: "1.0.0" },
  paths: {
    "/v1/chat/completions": {
      post: {
        requestBody: { required: true, content: { "application/json": { schema } } },
        responses: {},
      },
    },
  },
})

const selfContradicting = {
  type: "object",
  properties: {
    model: { type: "string", enum: [] },
    count: { type: "integer", minimum: 10, maximum: 1, default: 5 },
    size: { type: "string", enum: ["small", "large"], default: "medium" },
    text: { type: "string", minLength: 9, maxLength: 3, pattern: "([" },
    either: { allOf: [{ type: "string" }, { type: "number" }] },
    options: { $ref: "#/components/schemas/Nowhere" },
    deep: { type: "array", items: { $ref: "#" } },
    strange: { type: "maybe", nullable: true },
  },
  required: ["model", "absent"],
  additionalProperties: false,
}

/** The ways in which a document is broken, as bodies with their types. */
const brokenDocuments: readonly { contentType: string; body: string }[] = [
  { contentType: "application/json", body: '{"openapi":"3.0.0","paths":{"/v1/chat/comp' },
  { contentType: "application/json", body: JSON.stringify(document(selfContradicting)) },
  { contentType: "text/html", body: "<!doctype html><title>Not what you wanted</title>" },
  { contentType: "application/json", body: JSON.stringify(document({ type: 5, properties: [] })) },
  { contentType: "application/json", body: '{"openapi":"3.0.0","paths":{}}' },
  { contentType: "application/json", body: "null" },
]

/** The broken document number so and so; after the last way comes the first again. */
export function brokenDocument(index: number): { contentType: string; body: string } {
  const found = brokenDocuments[index % brokenDocuments.length]
  return found ?? { contentType: "application/json", body: "" }
}
