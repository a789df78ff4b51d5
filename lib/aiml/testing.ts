import type { ModelMessage } from "ai"
import type { FileKind } from "../base/file-kinds"
import type { Json, Params } from "../base/json"
import type { Model } from "../models/model"
import { type Catalogue, catalogueAt } from "./catalogue/catalogue"
import { parseEntry } from "./catalogue/entry"
import { type Aiml, createAiml, type Making } from "./client"
import type { AnswerEnd, TextRequest, ToolCall, ToolResult } from "./text/answer"

/** A request as it came to the upstream, with what was in it. */
export type Came = { method: string; address: string; headers: Headers; body: unknown }

type Replayed = {
  id?: string
  /** The address that the model's own document tells, and the members of its request. */
  path: string
  properties?: Record<string, object>
  required?: string[]
  /** No document at all. */
  isUndocumented?: boolean
  baseUrl?: string
  /** Answers in order to everything but the document; the last is given from then on. */
  answers: (() => Response)[]
}

const root = "http://upstream.invalid"

/** The real client with one model before recorded answers, and every request that it made. */
export function replay(replayed: Replayed): {
  aiml: Aiml
  catalogue: Catalogue
  model: Model
  came: Came[]
} {
  const { id = "maker/model-1", baseUrl = root, answers } = replayed
  const came: Came[] = []
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const body = await bodyOf(request)
    const address = request.url.replace(root, "")
    came.push({ method: request.method, address, headers: request.headers, body })
    if (address.startsWith("/docs-json")) return documentOf(id, replayed)
    const asked = came.filter((earlier) => !earlier.address.startsWith("/docs-json")).length
    const next = answers[asked - 1] ?? answers.at(-1)
    return next ? next() : new Response(null, { status: 404 })
  }
  const model = parseEntry({ id })
  if (!model) throw new Error("no id")
  const aiml = createAiml({ baseUrl, fetch: answer })
  return { aiml, catalogue: catalogueAt(baseUrl, { fetch: answer }), model, came }
}

function documentOf(
  id: string,
  { path, properties = {}, required = [], isUndocumented }: Replayed,
) {
  if (isUndocumented) return new Response(null, { status: 404 })
  const schema = {
    type: "object",
    properties: { model: { type: "string", enum: [id] }, ...properties },
    required: ["model", ...required],
  }
  const post = { requestBody: { content: { "application/json": { schema } } } }
  return Response.json({ openapi: "3.0.0", paths: { [path]: { post } } })
}

async function bodyOf(request: Request): Promise<unknown> {
  if (request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    return await request.formData()
  }
  const text = await request.text()
  return text === "" ? null : JSON.parse(text)
}

/** A file in memory, as it goes into a request. */
export function inputOf(
  kind: FileKind,
  name: string,
  mediaType: string,
  bytes: Uint8Array | string,
) {
  const content = Buffer.from(bytes)
  async function* open() {
    yield content
  }
  return { kind, name, mediaType, sizeBytes: content.length, open: async () => open() }
}

/** What was asked of the model itself, without the look at its document. */
export function asked(came: readonly Came[]): Came[] {
  return came.filter(({ address }) => !address.startsWith("/docs-json"))
}

const role = (...roles: string[]) => ({ type: "string", enum: roles })

/** The members of an ordinary chat request. */
export const chatProperties = {
  messages: {
    type: "array",
    items: {
      type: "object",
      properties: { role: role("system", "user", "assistant", "tool"), content: {} },
      required: ["role"],
    },
  },
  max_tokens: { type: "number", minimum: 1, default: 512 },
  stream: { type: "boolean", default: false },
}

/** A stream of chunks as recorded: no event names, no `[DONE]`, closed at the end. */
export function stream(chunks: readonly (object | string)[], status = 200): Response {
  const lines = chunks.map((chunk) => (typeof chunk === "string" ? chunk : JSON.stringify(chunk)))
  const headers = { "content-type": "text/event-stream" }
  return new Response(lines.map((line) => `data: ${line}\n\n`).join(""), { status, headers })
}

const base = { object: "chat.completion.chunk", created: 1_773_905_945, model: "another-name" }

/** One recorded chunk around a choice; without one its list is empty. */
export function chunk(choice: object | null, more: object = {}): object {
  return { id: "chunk", ...base, choices: choice ? [{ index: 0, ...choice }] : [], ...more }
}

/** Everything that was heard of an answer, in order. */
export type TextEvent =
  | { type: "text" | "reasoning"; delta: string }
  | ({ type: "tool-call" } & ToolCall)
  | ({ type: "tool-result" } & ToolResult)
  | { type: "data"; label: string; value: Json }
  | { type: "sound"; bytes: Uint8Array; mediaType: string }
  | ({ type: "end" } & Omit<AnswerEnd, "data" | "sound">)

type Heard = {
  text: string
  reasoning: string
  events: TextEvent[]
  end: Extract<TextEvent, { type: "end" }> | undefined
  leftOut: string[]
}

/** Asks, and puts what is heard into `events` as it comes. Throws AppError. */
export async function collect(
  aiml: Aiml,
  model: Model,
  request: Parameters<Aiml["answer"]>[1],
  events: TextEvent[] = [],
): Promise<TextEvent[]> {
  const { data, sound, ...end } = await aiml.answer(model, request, {
    word: (type, delta) => events.push({ type, delta }),
    toolCall: (call) => events.push({ type: "tool-call", ...call }),
    toolResult: (result) => events.push({ type: "tool-result", ...result }),
  })
  for (const each of data) events.push({ type: "data", ...each })
  if (sound) events.push({ type: "sound", ...sound })
  events.push({ type: "end", ...end })
  return events
}

/** The text, or the thoughts, in what was heard. */
export function spoken(events: readonly TextEvent[], type: "text" | "reasoning" = "text"): string {
  return events.flatMap((event) => (event.type === type ? [event.delta] : [])).join("")
}

const context = () => ({ requestId: "request-1", abortSignal: AbortSignal.timeout(20_000) })
const timeouts = { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 }
const question: ModelMessage[] = [{ role: "user", content: "Hello" }]

/** Asks a model in words and hears it out. */
export async function hear(
  { aiml, model }: { aiml: Aiml; model: Model },
  more: Partial<TextRequest> & { params?: Params } = {},
): Promise<Heard> {
  const leftOut: string[] = []
  const request = { ...context(), messages: question, maxOutputTokens: 4_000, timeouts, ...more }
  const onLeftOut = (words: string[]) => leftOut.push(...words)
  const events = await collect(aiml, model, { ...request, onLeftOut })
  const end = events.find((event) => event.type === "end")
  return { text: spoken(events), reasoning: spoken(events, "reasoning"), events, end, leftOut }
}

/** Has a model make something; a task is asked about until it is done. */
export async function make(
  { aiml, model }: { aiml: Aiml; model: Model },
  { inputs = { text: "A lighthouse", files: [] }, params = {} }: Partial<Making> = {},
) {
  let progress = await aiml.start(model, { inputs, params, ...context() })
  while (progress.state === "running") {
    const { protocol, reference, leftOut } = progress
    const next = await aiml.check({ protocol, reference }, context())
    progress = { ...next, protocol, leftOut }
  }
  return progress
}
