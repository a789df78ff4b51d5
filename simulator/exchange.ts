import { randomUUID } from "node:crypto"
import { once } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import { type Amounts, type Catalogue, costOf, type Model } from "./catalogue"
import { envelope } from "./envelope"
import { formMembers, withoutBytes } from "./form"
import type { Jobs } from "./jobs"
import { prefixOf } from "./key-prefix"
import { type Ledger, tokensIn } from "./ledger"
import type { MediaStore } from "./media-store"
import { clipped, type LogEntry, type RequestLog } from "./request-log"
import type { Rules } from "./scenarios"
import type { Trouble } from "./trouble"

const largestBodyBytes = 64 * 1024 * 1024
const validClientRequestId = /^[A-Za-z0-9._:-]{1,128}$/

/** What the requests of one server share. */
export interface Simulator {
  rules: Rules
  log: RequestLog
  catalogue: Catalogue
  ledger: Ledger
  jobs: Jobs
  media: MediaStore
  trouble: Trouble
}

/** Thrown by a handler to answer with the error envelope. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message?: string,
  ) {
    super(message)
  }
}

/** One request and the answer to it. */
export class Exchange {
  readonly inferenceId = randomUUID()
  readonly entry: LogEntry
  /** The model that was accepted for this request. */
  model?: Model
  private isBooked = false
  private readonly leaving = new AbortController()
  private isOurEnd = false

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly url: URL,
    readonly simulator: Simulator,
  ) {
    const {
      authorization,
      cookie: _cookie,
      "x-api-key": _key,
      "api-key": _azureKey,
      ...headers
    } = request.headers
    this.entry = {
      id: this.inferenceId,
      method: request.method ?? "GET",
      path: url.pathname + url.search,
      headers: {
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]),
        ),
        ...(authorization && { authorization: "(hidden)" }),
      },
      body: null,
      prompt: "",
      validationErrors: [],
      startedAt: new Date().toISOString(),
      chunksSent: 0,
      textSent: "",
      charactersSent: 0,
    }
    response.on("close", () => {
      if (response.writableFinished || this.isOurEnd)
        this.entry.finishedAt ??= new Date().toISOString()
      else this.entry.closedByClientAt ??= new Date().toISOString()
      this.leaving.abort()
    })
    response.setHeader("x-inference-id", this.inferenceId)
    const { clientRequestId } = this
    if (clientRequestId) response.setHeader("x-client-request-id", clientRequestId)
    response.setHeader("access-control-allow-origin", "*")
    response.setHeader(
      "access-control-expose-headers",
      "x-inference-id, x-client-request-id, x-aimlapi-credits-used, x-aimlapi-usd-spent",
    )
  }

  /** The address the client reached us at, for links back to this server. */
  get baseUrl(): string {
    return `http://${this.request.headers.host ?? "127.0.0.1"}`
  }

  /** Aborted as soon as the connection is gone, whoever closed it. */
  get gone(): AbortSignal {
    return this.leaving.signal
  }

  /** The key of the request, from whichever header it came in. */
  get bearer(): string {
    const {
      authorization = "",
      "x-api-key": anthropicKey,
      "api-key": azureKey,
    } = this.request.headers
    const key = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? anthropicKey ?? azureKey
    return typeof key === "string" ? key : ""
  }

  /** Refuses a request without a key, as every route but the catalogue does. */
  requireKey(): void {
    const { bearer } = this
    if (!bearer || bearer.includes("invalid")) throw new Refusal(401)
  }

  /** The id the client gave this request, if it may be one. */
  get clientRequestId(): string | undefined {
    const id = this.request.headers["x-client-request-id"]
    return typeof id === "string" && validClientRequestId.test(id) ? id : undefined
  }

  /**
   * Books what a model did for this request and says what it cost. `request` are members of the body
   * that decide the price.
   */
  charge(model: Model, amounts: Amounts, request: Record<string, unknown> = {}) {
    const cost = costOf(model, amounts, request)
    this.isBooked = true
    this.simulator.ledger.add({
      model: model.id,
      status: "succeeded",
      credits: cost.credits_used,
      tokens: tokensIn(amounts),
      inferenceId: this.inferenceId,
      clientRequestId: this.clientRequestId,
      keyPrefix: prefixOf(this.bearer),
    })
    return cost
  }

  /** Notes in the books that an accepted request came to nothing. */
  failed(): void {
    if (this.isBooked || !this.model) return
    this.isBooked = true
    this.simulator.ledger.add({
      model: this.model.id,
      status: "failed",
      credits: 0,
      tokens: { input: 0, output: 0 },
      inferenceId: this.inferenceId,
      clientRequestId: this.clientRequestId,
      keyPrefix: prefixOf(this.bearer),
    })
  }

  private async readBytes(): Promise<Buffer> {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    for await (const chunk of this.request) {
      sizeBytes += chunk.length
      if (sizeBytes > largestBodyBytes) throw new Refusal(413)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  /** The body as JSON, or a form as an object: files as `Upload`, repeated members as a list. */
  async readBody(): Promise<unknown> {
    const contentType = this.request.headers["content-type"] ?? ""
    if (!contentType.startsWith("multipart/form-data")) return await this.readJson()
    const bytes = await this.readBytes()
    try {
      const headers = { "content-type": contentType }
      const form = await new Response(new Uint8Array(bytes), { headers }).formData()
      const body = await formMembers(form)
      this.entry.body = clipped(withoutBytes(body))
      return body
    } catch {
      throw new Refusal(400, "Malformed form data")
    }
  }

  async readJson(): Promise<unknown> {
    try {
      const body: unknown = JSON.parse((await this.readBytes()).toString("utf8"))
      this.entry.body = clipped(body)
      return body
    } catch (error) {
      throw new Refusal(400, error instanceof Error ? error.message : undefined)
    }
  }

  /** Sends a JSON answer of an inference route with what it cost, in the body and in the headers. */
  sendBilled(statusCode: number, body: object, cost: ReturnType<typeof costOf>): void {
    this.sendJson(
      statusCode,
      { ...body, meta: { usage: cost } },
      {
        "x-aimlapi-credits-used": String(cost.credits_used),
        "x-aimlapi-usd-spent": String(cost.usd_spent),
      },
    )
  }

  begin(statusCode: number, contentType: string, headers: Record<string, string> = {}): void {
    this.entry.status = statusCode
    this.entry.firstByteAt ??= new Date().toISOString()
    // What this id stands for may be a job, which is charged later and to the same key.
    if (this.model && !this.isBooked) {
      const id = String(this.response.getHeader("x-inference-id"))
      this.simulator.ledger.own(id, prefixOf(this.bearer))
    }
    this.response.writeHead(statusCode, { "content-type": contentType, ...headers })
  }

  sendJson(statusCode: number, body: unknown, headers: Record<string, string> = {}): void {
    const text = JSON.stringify(body)
    this.begin(statusCode, "application/json; charset=utf-8", {
      "content-length": String(Buffer.byteLength(text)),
      ...headers,
    })
    this.response.end(text)
  }

  refuse(statusCode: number, message?: string, headers: Record<string, string> = {}): void {
    this.sendJson(statusCode, this.envelope(statusCode, message), headers)
  }

  envelope(statusCode: number, message?: string): object {
    return envelope(this.url.pathname, this.inferenceId, statusCode, message || undefined)
  }

  /** Writes a piece of a stream, at the pace the client reads. False when nobody reads any more. */
  async write(text: string): Promise<boolean> {
    if (this.gone.aborted) return false
    if (!this.response.write(text)) {
      await once(this.response, "drain", { signal: this.gone }).catch(() => undefined)
    }
    return !this.gone.aborted
  }

  /** Waits. False when the client left meanwhile. */
  async pause(delayMs: number): Promise<boolean> {
    if (delayMs > 0) await wait(delayMs, undefined, { signal: this.gone }).catch(() => undefined)
    return !this.gone.aborted
  }

  /** Keeps the connection open without a word until the client leaves. */
  async hang(): Promise<void> {
    if (!this.gone.aborted) await once(this.gone, "abort")
  }

  /** Ends the connection with a TCP reset. */
  async reset(): Promise<void> {
    // Bytes already written must reach the client before the reset overtakes them.
    await this.pause(20)
    this.isOurEnd = true
    this.request.socket.resetAndDestroy()
  }
}

/** One address of the upstream. A protocol is a file that exports a list of these. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  path: RegExp
  handle: (exchange: Exchange, parameters: string[]) => Promise<void> | void
}
