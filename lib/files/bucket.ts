import "server-only"
import { createHash } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { AwsV4Signer } from "aws4fetch"
import { AppError } from "../base/errors"
import { trimEndOf } from "../base/text-end"

/** Where a bucket is, and who may use it. */
export type BucketAccess = {
  /** The address of the service; the bucket's name follows as the first step of the path. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

type Call = {
  method: "GET" | "HEAD" | "PUT" | "DELETE"
  /** The object's name; empty for the bucket itself. */
  key: string
  query?: Record<string, string>
  range?: string
  body?: { blob: Blob; sha256: string }
}

/** A bucket that can be asked: what it has not is a 404, whatever else is wrong `storage_unavailable`. */
export type Bucket = (call: Call) => Promise<Response>

const tries = 2
const firstPauseMs = 200
/** Until the answer begins. What sends a body is given longer. */
const answerMs = 4_000
const uploadMs = 5 * 60_000
const timedOut = new DOMException("no answer", "TimeoutError")
const nothing = createHash("sha256").digest("hex")

/** A bucket by the protocol of Amazon S3. Everything that is asked may be asked twice. */
export function createBucket(access: BucketAccess, send: typeof fetch): Bucket {
  const { endpoint, bucket, ...keys } = access
  const root = `${trimEndOf("/", endpoint)}/${bucket}`
  const cache = new Map<string, ArrayBuffer>()

  async function once({ method, key, query, range, body }: Call): Promise<Response> {
    const search = query ? `?${new URLSearchParams(query)}` : ""
    const signed = await new AwsV4Signer({
      ...keys,
      ...{ method, url: `${root}${key && `/${key}`}${search}`, service: "s3", cache },
      // The bucket checks what it gets against it.
      headers: { "x-amz-content-sha256": body?.sha256 ?? nothing },
    }).sign()
    // Not signed: some of those in between change it.
    signed.headers.set("accept-encoding", "identity")
    if (range) signed.headers.set("range", range)
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(timedOut), body ? uploadMs : answerMs)
    const { signal } = limit
    // Without these two Node keeps the whole body, in case that it must be sent again elsewhere.
    const straight = { redirect: "error", window: null } as const
    const init = { method, headers: signed.headers, signal, ...straight }
    return await send(signed.url, { ...init, ...(body && { body: body.blob }) }).finally(() =>
      clearTimeout(timer),
    )
  }

  return async (call) => {
    for (let count = 1; ; count++) {
      const outcome = await once(call).catch(toCause)
      if (outcome instanceof Response && (outcome.ok || outcome.status === 404)) return outcome
      const status = outcome instanceof Response ? outcome.status : 0
      const mayPass = status === 0 || status === 408 || status === 429 || status >= 500
      const cause = outcome instanceof Response ? await complaintOf(outcome) : outcome
      if (!mayPass || count === tries) throw bucketFailure(`${call.method} ${cause}`)
      await pause(firstPauseMs * count)
    }
  }
}

/** What went wrong with the bucket, in words for people; the cause is for the log. */
export function bucketFailure(cause: string): AppError {
  return new AppError("storage_unavailable", { cause })
}

/** An error of the network in a word, such as ECONNREFUSED. */
export function toCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.name
  return "code" in cause ? String(cause.code) : cause.message
}

/** "403 AccessDenied" */
async function complaintOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "")
  return `${response.status} ${/<Code>(\w{1,100})<\/Code>/.exec(text)?.[1] ?? ""}`.trim()
}
