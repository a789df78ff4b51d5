import { z } from "zod"
import { AppError } from "../../base/errors"
import type { Model } from "../../models/model"
import type { Upstream } from "../http/upstream"
import type { Protocol } from "../protocol"
import { protocolAt, protocols } from "../protocols"
import { chat } from "../protocols/chat"
import { type Operation, readOperations } from "../schema/operation"
import { readSchema } from "../schema/schema"

/** Storage in which documents survive a restart, unparsed. */
export type KeptDocuments = {
  load(modelId: string): Promise<unknown>
  save(modelId: string, document: object): Promise<void>
}

/** How a model is asked: the protocol, the address and what it takes. */
export type HowToAsk = {
  protocol: Protocol
  operation: Operation
  /** Parts of the document that could not be read, described for people. */
  gaps: string[]
}

export type Documents = {
  /** Never throws: a model whose document is away is asked in the plainest way of its kind. */
  accessTo(model: Model): Promise<HowToAsk>
}

const freshMs = 60 * 60_000
const retryMs = 30_000
const timeoutMs = 10_000
/** Maximum number of models cached in memory. */
const keptAtMost = 400

/** Fetches each model's OpenAPI document on first use and refreshes it from time to time. */
export function createDocuments(source: {
  upstream: Upstream
  kept?: KeptDocuments | undefined
  onError?: ((error: unknown, modelId: string) => void) | undefined
}): Documents {
  const cache = new Map<string, Entry>()

  async function read(model: Model): Promise<{ access: HowToAsk; isFresh: boolean }> {
    try {
      const document = await fetchDocument(source.upstream, model)
      const access = document && accessIn(document)
      if (!document || !access) return { access: plainAccess(model, gaps.none), isFresh: !document }
      await source.kept
        ?.save(model.id, document)
        .catch((error) => source.onError?.(error, model.id))
      return { access, isFresh: true }
    } catch (error) {
      source.onError?.(error, model.id)
      const kept = await source.kept?.load(model.id).catch(() => null)
      const access = kept ? accessIn(kept) : undefined
      return { access: access ?? plainAccess(model, gaps.away), isFresh: false }
    }
  }

  function renew(model: Model, before: Promise<HowToAsk> | null): Entry {
    const reading = read(model)
    const access = reading.then(({ access }) => access)
    // The previous value is served during the refresh.
    const entry = { access: before ?? access, until: Date.now() + timeoutMs }
    cache.delete(model.id)
    cache.set(model.id, entry)
    void reading.then(({ isFresh }) => {
      entry.access = access
      entry.until = Date.now() + (isFresh ? freshMs : retryMs)
    })
    const [oldest] = cache.keys()
    if (cache.size > keptAtMost && oldest !== undefined) cache.delete(oldest)
    return entry
  }

  return {
    accessTo(model) {
      const cached = cache.get(model.id)
      if (cached && cached.until > Date.now()) return cached.access
      return renew(model, cached?.access ?? null).access
    },
  }
}

type Entry = { access: Promise<HowToAsk>; until: number }

const gaps = {
  away: "The description of this model cannot be read right now, so only its plainest settings are offered.",
  none: "There is no readable description of this model, so only its plainest settings are offered.",
}

/** A model's document; null if the upstream has none. */
async function fetchDocument(upstream: Upstream, model: Model): Promise<object | null> {
  const query = new URLSearchParams({ model: model.id })
  if (model.endpoint) query.set("endpoint", model.endpoint)
  const response = await upstream.fetch(`${upstream.root}/docs-json?${query}`, {
    headers: { authorization: `Bearer ${upstream.apiKey}` },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.status === 404) {
    await response.body?.cancel()
    return null
  }
  if (!response.ok) throw new AppError("model_failed", { cause: `docs-json ${response.status}` })
  return z.record(z.string(), z.unknown()).parse(await response.json())
}

/** The first way of asking that a document has and that is spoken here; versioned addresses first. */
function accessIn(document: unknown): HowToAsk | undefined {
  const operations = tryReadOperations(document)
    .filter(({ method, request }) => method === "POST" && request !== null)
    .toSorted((a, b) => Number(b.path.startsWith("/v")) - Number(a.path.startsWith("/v")))
  const spoken = operations.flatMap((operation) => {
    const protocol = protocolAt(operation.path)
    return protocol ? [{ protocol, operation, gaps: [] }] : []
  })
  const rank = (access: HowToAsk) => protocols.indexOf(access.protocol)
  return spoken.toSorted((a, b) => rank(a) - rank(b))[0]
}

function tryReadOperations(document: unknown): Operation[] {
  try {
    return readOperations(document)
  } catch {
    return [] // not an OpenAPI document; continue without
  }
}

const protocolByKind: Readonly<Record<Model["kind"], string>> = {
  text: "chat",
  image: "image",
  shape: "image",
  video: "video",
  audio: "audio",
  speech: "speech",
  transcription: "transcription",
  document: "ocr",
  embedding: "embedding",
  other: "chat",
}

function plainAccess(model: Model, gap: string): HowToAsk {
  const inType = protocols.find(({ name }) => model.endpoint?.endsWith(`/${name}`))
  const byKind = protocols.find(({ name }) => name === protocolByKind[model.kind])
  const protocol = inType ?? byKind ?? chat
  const operation = { method: "POST", path: protocol.address, request: readSchema(protocol.plain) }
  return { protocol, operation, gaps: [gap] }
}
