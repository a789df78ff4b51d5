import "server-only"
import { createHash } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { AwsV4Signer } from "aws4fetch"
import { AppError } from "../base/errors"
import { trimEndOf } from "../base/text-end"

/** The bucket's address and credentials. */
export type BucketAccess = {
  /** The service's URL; the bucket name is the first path segment. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

type Call = {
  method: "GET" | "HEAD" | "PUT" | "DELETE"
  /** The object's key; empty for the bucket itself. */
  key: string
  query?: Record<string, string>
  range?: string
  body?: { blob: Blob; sha256: string }
}

/**
 * Sends a request to the bucket. A missing object is returned as a 404; every other failure throws
 * `storage_unavailable`.
 */
export type Bucket = (call: Call) => Promise<Response>

const tries = 2
const firstPauseMs = 200
/** Time until the response starts; requests with a body get longer. */
const answerMs = 4_000
const uploadMs = 5 * 60_000
const timedOut = new DOMException("no answer", "TimeoutError")
const nothing = createHash("sha256").digest("hex")

/** An S3 client for one bucket. All requests are idempotent, so any of them may be retried. */
export function createBucket(access: BucketAccess, send: typeof fetch): Bucket {
  const { endpoint, bucket, ...keys } = access
  const root = `${trimEndOf("/", endpoint)}/${bucket}`
  const cache = new Map<string, ArrayBuffer>()

  async function once({ method, key, query, range, body }: Call): Promise<Response> {
    const search = query ? `?${new URLSearchParams(query)}` : ""
    const signed = await new AwsV4Signer({
      ...keys,
      ...{ method, url: `${root}${key && `/${key}`}${search}`, service: "s3", cache },
      // The bucket verifies the body against this hash.
      headers: { "x-amz-content-sha256": body?.sha256 ?? nothing },
    }).sign()
    // Not signed, because some proxies change it.
    signed.headers.set("accept-encoding", "identity")
    if (range) signed.headers.set("range", range)
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(timedOut), body ? uploadMs : answerMs)
    const { signal } = limit
    // Without these two options Node buffers the whole body in case it has to be sent again.
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

/** A storage error with a message for people; `cause` is for the log. */
export function bucketFailure(cause: string): AppError {
  return new AppError("storage_unavailable", { cause })
}

/** The code of a network error, such as ECONNREFUSED. */
export function toCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.name
  return "code" in cause ? String(cause.code) : cause.message
}

/** The status and S3 error code, such as "403 AccessDenied". */
async function complaintOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "")
  return `${response.status} ${/<Code>(\w{1,100})<\/Code>/.exec(text)?.[1] ?? ""}`.trim()
}
