import "server-only"
import { createHash } from "node:crypto"
import { openAsBlob } from "node:fs"
import { type Bucket, bucketFailure, toCause } from "./bucket"
import { createIntake, rethrow } from "./intake"
import { checkHash, isHash, type Range, type Store, type Stored } from "./store"

const idleMs = 30_000

/**
 * A store in an S3 bucket under `prefix`. Incoming bytes stay in a local folder until they have been inspected;
 * only then are they uploaded.
 */
export function createBucketStore(bucket: Bucket, prefix: string, incoming: string): Store {
  const takeIn = createIntake(incoming)
  const keyOf = (sha256: string) => prefix + checkHash(sha256)
  const mark = `${prefix}installation`

  async function readMark(): Promise<string | null> {
    const response = await bucket({ method: "GET", key: mark })
    const text = await response.text()
    return response.ok ? text.trim() : null
  }

  return {
    async put(bytes, maxBytes) {
      const taken = await takeIn(bytes, maxBytes)
      const { sha256, path, drop } = taken
      const send = async () => {
        const key = keyOf(sha256)
        if ((await bucket({ method: "HEAD", key })).ok) return
        const blob = await openAsBlob(path).catch(rethrow)
        await checkDone(bucket({ method: "PUT", key, body: { blob, sha256 } }))
      }
      const keep = async () => {
        // The upload was done before, but the same bytes may have been deleted in the meantime.
        await send()
        await drop()
      }
      return { ...taken, send, keep }
    },
    async open(sha256, range) {
      const wanted = range && `bytes=${range.start}-${range.end}`
      const key = keyOf(sha256)
      const response = await bucket({ method: "GET", key, ...(wanted && { range: wanted }) })
      if (!response.ok || !response.body) throw bucketFailure(`GET ${response.status}`)
      if (range && !isRange(response, range)) {
        await response.body.cancel()
        throw bucketFailure("GET the bucket gives no ranges")
      }
      return read(response.body)
    },
    remove: async (sha256) => {
      await (await bucket({ method: "DELETE", key: keyOf(sha256) })).body?.cancel()
    },
    async *list() {
      let token: string | undefined
      do {
        const query = { "list-type": "2", prefix, ...(token && { "continuation-token": token }) }
        const response = await bucket({ method: "GET", key: "", query })
        if (!response.ok) throw bucketFailure(`GET ${response.status} list`)
        const text = await response.text()
        yield storedIn(text, prefix)
        token = textOf(text, "NextContinuationToken")
      } while (token)
    },
    async claim(installation) {
      const owner = await readMark()
      if (owner !== null) return owner
      const sha256 = createHash("sha256").update(installation).digest("hex")
      const body = { blob: new Blob([installation]), sha256 }
      await checkDone(bucket({ method: "PUT", key: mark, body }))
      return (await readMark()) ?? ""
    },
  }
}

async function checkDone(answer: Promise<Response>): Promise<void> {
  const response = await answer
  await response.body?.cancel()
  if (!response.ok) throw bucketFailure(`PUT ${response.status}`)
}

/** Whether the response is exactly the requested range, not the whole object. */
function isRange({ status, headers }: Response, { start, end }: Range): boolean {
  return status === 206 || Number(headers.get("content-length")) === end - start + 1
}

/** The body as a stream; fails when no data arrives for too long. */
function read(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      let isIdle = false
      const timer = setTimeout(() => {
        isIdle = true
        void reader.cancel()
      }, idleMs)
      const { value, done } = await reader
        .read()
        .catch((error: unknown) => {
          throw bucketFailure(`GET ${toCause(error)}`)
        })
        .finally(() => clearTimeout(timer))
      if (isIdle) throw bucketFailure("GET silence")
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** The entries of a bucket listing that are files of ours; the bucket may hold other objects. */
export function storedIn(text: string, prefix: string): Stored[] {
  const entries = text.split("<Contents>").slice(1)
  return entries.flatMap((opened) => {
    const [entry = ""] = opened.split("</Contents>", 1)
    const key = textOf(entry, "Key") ?? ""
    const sha256 = key.startsWith(prefix) ? key.slice(prefix.length) : ""
    const storedAt = new Date(textOf(entry, "LastModified") ?? Number.NaN)
    return isHash(sha256) && !Number.isNaN(storedAt.getTime()) ? [{ sha256, storedAt }] : []
  })
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

/** The text of an XML element in a listing; the elements are flat and have no attributes. */
function textOf(text: string, element: string): string | undefined {
  const content = new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1]
  return content?.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
