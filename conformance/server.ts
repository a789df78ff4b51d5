import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { exchangeFaults } from "../simulator/exchanges"
import { formMembers } from "../simulator/form"
import type { VendorSchema } from "../simulator/specs"
import { compile } from "../simulator/validate"
import { answerOf, type Marks, meta, newMarks, tokens } from "./answers"
import { chatEvents, messagesEvents, responsesEvents } from "./events"
import type { Operation } from "./operations"
import { recorded } from "./recorded"
import { asSchema } from "./values"

/** One case of an operation as seen by the server. */
export type Exchange = {
  operation: Operation
  /** The polling operation with its own schema, if the operation is a task. */
  poll: Operation | null
  /** Respond with recorded samples instead of generated answers. */
  isRecorded: boolean
  variant: number
  model: string
  marks: Marks
  /** Parsed request bodies, and Ajv's errors. */
  bodies: unknown[]
  errors: string[]
}

/** An upstream with one model at a time that validates requests with Ajv and answers from the vendor's schemas. */
export type ConformanceServer = {
  url: string
  expect(exchange: Omit<Exchange, "marks" | "bodies" | "errors">): Exchange
  close(): Promise<void>
}

export async function startServer(): Promise<ConformanceServer> {
  let current: Exchange | null = null
  const server = createServer((request, response) => {
    const done = current ? handle(current, request, response) : Promise.reject(new Error("nothing"))
    done.catch((error: unknown) => {
      current?.errors.push(`the conformance server failed: ${String(error)}`)
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // It listens on TCP.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    expect(exchange) {
      current = { ...exchange, marks: newMarks(), bodies: [], errors: [] }
      return current
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://upstream")
  const { operation, poll } = exchange
  if (request.method === "GET" && url.pathname === "/docs-json") {
    return sendJson(response, 200, documentOf(exchange))
  }
  if (request.method === "GET" && url.pathname === "/v1/models" && operation.models.length > 0) {
    return sendJson(response, 200, { object: "list", data: [catalogueEntry(exchange)] })
  }
  const asked = [poll, operation].find(
    (known) => known && known.method === request.method && matches(known.path, url.pathname),
  )
  if (!asked) {
    exchange.errors.push(`${request.method} ${url.pathname} is not documented`)
    return sendJson(response, 404, { message: "Not Found", statusCode: 404 })
  }
  checkHeaders(exchange, request)
  checkQuery(exchange, asked, url)
  const body = await readBody(request)
  if (asked.request && request.method !== "GET") checkBody(exchange, asked, body)
  exchange.bodies.push(body)
  answer(exchange, asked, body, response, request.headers.host ?? "")
}

function matches(template: string, pathname: string): boolean {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")
  return new RegExp(`^${pattern}$`).test(pathname)
}

function checkHeaders(exchange: Exchange, request: IncomingMessage): void {
  if (!/^Bearer \S+/.test(request.headers.authorization ?? ""))
    exchange.errors.push("no key was sent")
  const id = request.headers["x-client-request-id"]
  if (typeof id !== "string" || !/^[A-Za-z0-9._:-]{1,128}$/.test(id)) {
    exchange.errors.push("no X-Client-Request-Id was sent")
  }
}

function checkQuery(exchange: Exchange, { parameters }: Operation, url: URL): void {
  const known = parameters.filter((parameter) => parameter.in === "query")
  for (const { name, required } of known) {
    if (required && !url.searchParams.has(name)) exchange.errors.push(`the query has no ${name}`)
  }
  for (const name of url.searchParams.keys()) {
    const parameter = known.find((entry) => entry.name === name)
    const values = url.searchParams.getAll(name)
    const fits = parameter && compile(parameter.schema ?? {})
    const shapes = [values[0], Number(values[0]), values[0] === "true", values]
    if (!fits || !shapes.some((value) => fits(value)))
      exchange.errors.push(`query ${name}=${values}`)
  }
}

type Validator = ReturnType<typeof compile>
const validators = new WeakMap<object, Validator>()
const validatorsByText = new Map<string, Validator>()
const noBody: VendorSchema = {}

/** Checks all but which model it is: that is what most documents differ in, and to compile each takes long. */
function validatorOf(schema: VendorSchema): Validator {
  const properties = asSchema(schema.properties)
  const isAny = { ...schema, properties: { ...properties, model: {} } }
  const text = JSON.stringify(properties.model ? isAny : schema)
  const validator = validatorsByText.get(text) ?? compile(JSON.parse(text))
  validatorsByText.set(text, validator)
  return validator
}

function checkBody(exchange: Exchange, { request, kind }: Operation, body: unknown): void {
  const schema = request ?? noBody
  const fits = validators.get(schema) ?? validatorOf(schema)
  validators.set(schema, fits)
  const models = asSchema(asSchema(schema.properties).model).enum
  const { model } = asSchema(body)
  if (Array.isArray(models) && !models.includes(model)) {
    exchange.errors.push(`/model ${model} is none of ${models}`)
  }
  if (kind !== "responses") {
    exchange.errors.push(...exchangeFaults(body).map(({ message }) => message))
  }
  // The service's own schema for uploads describes a Buffer serialized to JSON.
  if (fits(JSON.parse(JSON.stringify(body)))) return
  const errors = (fits.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  )
  exchange.errors.push(...new Set(errors.slice(0, 6)))
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const type = request.headers["content-type"] ?? ""
  if (type.startsWith("multipart/form-data")) {
    const headers = { "content-type": type }
    return formMembers(await new Response(new Uint8Array(bytes), { headers }).formData())
  }
  return bytes.length === 0 ? null : JSON.parse(bytes.toString("utf8"))
}

function documentOf({ operation, poll }: Exchange): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const entry of [operation, ...(poll ? [poll] : [])]) {
    const documented = {
      parameters: entry.parameters,
      ...(entry.request && {
        requestBody: { content: { "application/json": { schema: entry.request } } },
      }),
      responses: { [entry.status]: { description: "", content: {} } },
    }
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: documented }
  }
  return { openapi: "3.0.0", info: { title: "", version: "1" }, paths }
}

const types: Record<string, string> = {
  chat: "openai/chat-completions",
  moderation: "openai/chat-completions",
  responses: "openai/responses",
  messages: "openai/chat-completions",
  image: "openai/image-generations",
  "3d": "openai/image-generations",
  video: "internal/video-generations/submit",
  music: "internal/audio-generations/submit",
  speech: "internal/text-to-speech",
  transcription: "internal/speech-to-text/submit",
  ocr: "internal/ocr",
  embedding: "openai/embeddings",
}

function catalogueEntry({ operation, model }: Exchange): object {
  const type = types[operation.kind] ?? `internal/${operation.kind}`
  const info = { name: "A model", developer: "Somebody" }
  return { id: model, type, aliases: [], tags: [], info, modalities: {}, capabilities: [] }
}

/** The key of an operation's recorded answers; a few paths differ from their kind. */
function recordedKind({ kind, path }: Operation): string {
  if (/\/generate\/audio\/.+\/generate$/.test(path)) return "song"
  return /\/stt$/.test(path) ? "transcription-at-once" : kind
}

const ends: Record<string, string> = {
  image: "png",
  "3d": "glb",
  video: "mp4",
  music: "mp3",
  speech: "mp3",
}

function answer(
  exchange: Exchange,
  asked: Operation,
  body: unknown,
  response: ServerResponse,
  host: string,
): void {
  const isPoll = asked === exchange.poll
  const isTask = exchange.poll !== null
  const root = `http://${host}`
  const { marks, variant, operation } = exchange
  const samples = recorded[recordedKind(operation)]
  const sample = isPoll ? samples?.poll : samples?.answer
  const making = {
    marks,
    isDone: !isTask || isPoll,
    variant,
    ext: ends[operation.kind] ?? "bin",
    root,
  }
  const isTelling = asked.response !== null && tellsResult(asked.response, operation.kind)
  const isSampled = sample && (exchange.isRecorded || !isTelling)
  const made = isSampled ? sample(marks, root) : answerOf(asked.response ?? {}, making)
  const isStream =
    typeof body === "object" && body !== null && "stream" in body && body.stream === true
  if (isStream && ["chat", "moderation", "responses", "messages"].includes(operation.kind)) {
    sendEvents(exchange, made, response)
    return
  }
  sendJson(response, asked.status, made)
}

/**
 * Whether a response schema describes the result. Some documents have no response, or only its metadata; then a
 * recorded answer is used.
 */
function tellsResult(schema: Record<string, unknown>, kind: string): boolean {
  const isHeard =
    kind !== "transcription" || /"(transcript|text|generation_id)"/.test(JSON.stringify(schema))
  if (!isHeard) return false
  const properties = schema.properties
  if (typeof properties !== "object" || properties === null) return false
  const names = Object.keys(properties)
  return names.length > 0 && !names.every((name) => name === "metadata" || name === "status")
}

function sendEvents({ operation, marks }: Exchange, made: unknown, response: ServerResponse): void {
  const text = marks.texts.at(-1) ?? ""
  response.writeHead(operation.status, {
    "content-type": "text/event-stream",
    "x-inference-id": "inf-1",
  })
  if (operation.kind === "messages") return void response.end(messagesEvents(made))
  if (operation.kind !== "responses")
    return void response.end(chatEvents({ ...Object(made), meta }))
  marks.texts = [text]
  response.end(responsesEvents(withUsage(made), text))
}

function withUsage(made: unknown): unknown {
  const usage = {
    input_tokens: tokens.input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.input + tokens.output,
  }
  return { ...(typeof made === "object" ? made : {}), usage, meta }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "x-inference-id": "inf-1" })
  response.end(JSON.stringify(body))
}
