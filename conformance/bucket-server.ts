// An in-memory S3 bucket for tests. It verifies signatures according to the specification ("Signature Version 4")
// and shares no code with the client.
import { createHash, createHmac } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"

type Kept = { bytes: Buffer; storedAt: Date }
type Refusal = { status: number; code: string }

const access = {
  region: "eu-test-1",
  bucket: "files",
  accessKeyId: "AKTEST",
  secretAccessKey: "a secret of the bucket's own",
}
const minutesOff = 15

export class BucketServer {
  /** By key. */
  readonly objects = new Map<string, Kept>()
  /** Accepted requests, such as "PUT a/b". */
  readonly calls: string[] = []
  /** Faults of the next requests, one each; a status of 0 breaks the connection, -1 never answers. */
  readonly refusals: Refusal[] = []
  /** Maximum entries per listing. */
  pageSize = 1_000
  givesRanges = true
  readonly #server: Server
  #url = ""

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async start(): Promise<BucketServer> {
    const bucket = new BucketServer()
    bucket.#server.listen(0, "127.0.0.1")
    await once(bucket.#server, "listening")
    const address = bucket.#server.address()
    bucket.#url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
    return bucket
  }

  /** The credentials for the client. */
  get access() {
    return { endpoint: this.#url, ...access }
  }

  /** The same as environment variables. */
  get environment() {
    return {
      S3_ENDPOINT: this.#url,
      S3_REGION: access.region,
      S3_BUCKET: access.bucket,
      S3_ACCESS_KEY_ID: access.accessKeyId,
      S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    }
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    try {
      for await (const piece of request) pieces.push(piece)
    } catch {
      return // the client disconnected
    }
    const body = Buffer.concat(pieces)
    const planned = this.refusals.shift()
    if (planned?.status === 0) return void request.socket.destroy()
    if (planned?.status === -1) return
    const refusal = planned ?? judge(request, body)
    if (refusal) return refuse(response, refusal)
    const url = new URL(request.url ?? "", this.#url)
    const [, bucket, ...steps] = decodeURIComponent(url.pathname).split("/")
    if (bucket !== access.bucket) return refuse(response, { status: 404, code: "NoSuchBucket" })
    const key = steps.join("/")
    this.calls.push(`${request.method} ${key}`.trim())
    if (key === "") return this.#list(url.searchParams, response)
    this.#object(request, key, body, response)
  }

  #object(request: IncomingMessage, key: string, body: Buffer, response: ServerResponse): void {
    if (request.method === "PUT") {
      this.objects.set(key, { bytes: body, storedAt: new Date() })
      return void response.end()
    }
    if (request.method === "DELETE") {
      this.objects.delete(key)
      return void response.writeHead(204).end()
    }
    const kept = this.objects.get(key)
    if (!kept) return void refuse(response, { status: 404, code: "NoSuchKey" })
    const { bytes } = kept
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? []
    const part = this.givesRanges && start !== undefined
    const sent = part ? bytes.subarray(Number(start), Number(end) + 1) : bytes
    response.writeHead(part ? 206 : 200, {
      "content-length": sent.length,
      ...(part && { "content-range": `bytes ${start}-${end}/${bytes.length}` }),
    })
    response.end(request.method === "HEAD" ? undefined : sent)
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const prefix = query.get("prefix") ?? ""
    const after = query.get("continuation-token") ?? ""
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort()
    const rest = keys.filter((key) => `<${key}>` > after)
    const page = rest.slice(0, this.pageSize)
    const entries = page.map(
      (key) =>
        `<Contents><Key>${escaped(key)}</Key><LastModified>${this.objects.get(key)?.storedAt.toISOString()}</LastModified></Contents>`,
    )
    const next = rest.length > page.length ? escaped(`<${page.at(-1)}>`) : ""
    const token = next && `<NextContinuationToken>${next}</NextContinuationToken>`
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== ""}</IsTruncated>${entries.join("")}${token}</ListBucketResult>`,
    )
  }
}

function refuse(response: ServerResponse, { status, code }: Refusal): void {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

const hash = (data: string | Buffer) => createHash("sha256").update(data).digest("hex")
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest()

/** Why S3 would reject the request; null if it would not. */
function judge(request: IncomingMessage, body: Buffer): Refusal | null {
  const { headers, method = "" } = request
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
  const [, id, day = "", region, names = "", signature] =
    pattern.exec(headers.authorization ?? "") ?? []
  if (!signature) return { status: 403, code: "AccessDenied" }
  if (id !== access.accessKeyId) return { status: 403, code: "InvalidAccessKeyId" }
  if (region !== access.region) return { status: 400, code: "AuthorizationHeaderMalformed" }
  const time = String(headers["x-amz-date"])
  const at = Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  )
  if (!(Math.abs(Date.now() - at) < minutesOff * 60_000) || !time.startsWith(day)) {
    return { status: 403, code: "RequestTimeTooSkewed" }
  }
  const signed = names.split(";")
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => signed.includes(name))) {
    return { status: 403, code: "AccessDenied" }
  }
  const announced = String(headers["x-amz-content-sha256"])
  const url = new URL(request.url ?? "", `http://${headers.host}`)
  const canonical = [
    method,
    decodeURIComponent(url.pathname).split("/").map(encoded).join("/"),
    [...url.searchParams]
      .map((pair) => pair.map(encoded).join("="))
      .sort()
      .join("&"),
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    names,
    announced,
  ].join("\n")
  const scope = [day, access.region, "s3", "aws4_request"]
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${access.secretAccessKey}`)
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), hash(canonical)].join("\n")
  if (hmac(key, text).toString("hex") !== signature) {
    return { status: 403, code: "SignatureDoesNotMatch" }
  }
  if (method === "PUT" && headers["content-length"] === undefined) {
    return { status: 411, code: "MissingContentLength" }
  }
  if (announced !== hash(body)) return { status: 400, code: "XAmzContentSHA256Mismatch" }
  return null
}

/** RFC 3986 encoding, which is stricter than encodeURIComponent. */
function encoded(text: string): string {
  const strict = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(text).replace(/[!'()*]/g, strict)
}
