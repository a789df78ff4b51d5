import type { CatalogueState, Model } from "../../models/model"
import { rootOf, tracedFetch } from "../http/address"
import { parseCatalogue, parseEntry } from "./entry"
import type { KnownModels } from "./known"
import { lookUp } from "./lookup"
import { createMetrics, type MetricsTable, withMetrics } from "./metrics"
import { successorOf, type Whereabouts } from "./retired"

/** Storage in which the last good list and its time survive a restart. */
type KeptCatalogue = {
  load(): Promise<{ models: Model[]; at: string } | null>
  save(models: readonly Model[], at: string): Promise<void>
}

export type CatalogueSource = {
  /** The URL of the list. */
  url: string
  /** The URL of the live metrics; without it there are none. */
  metricsUrl?: string | undefined
  apiKey: string
  fetch: typeof fetch
  kept?: KeptCatalogue | undefined
  /** Bundled facts about models; only for the vendor's own service. */
  known?: KnownModels | undefined
  /** Called when the list could not be fetched or stored; the previous list stays in use. */
  onError?: ((error: unknown) => void) | undefined
}

/** None of these functions throws. */
export type Catalogue = {
  /** The newest available list; empty only if there has never been one. */
  models(): Promise<readonly Model[]>
  /** The same for a model picker; also refreshes the metrics in the background. */
  browse(): Promise<Browsed>
  /** Finds by id or alias, ignoring case. */
  find(id: string): Promise<Model | null>
  whereIs(id: string): Promise<Whereabouts>
  /** What is known of a model without waiting for anybody. */
  peek(id: string): Model | null
  state(): CatalogueState
}

/** `metricsAt` is in milliseconds; null while there are no metrics. */
export type Browsed = { models: readonly Model[]; state: CatalogueState; metricsAt: number | null }

/** The catalogue of an upstream at `baseUrl`, with or without a trailing /v1. */
export function catalogueAt(
  baseUrl: string,
  {
    apiKey = "demo",
    fetch: send = fetch,
    ...rest
  }: Partial<Omit<CatalogueSource, "url" | "metricsUrl">>,
): Catalogue {
  const root = rootOf(baseUrl)
  return createCatalogue({
    ...rest,
    url: `${root}/v1/models?include=all`,
    metricsUrl: `${root}/models/metrics`,
    apiKey,
    fetch: tracedFetch(send),
  })
}

const freshMs = 10 * 60_000
const retryMs = 15_000
const timeoutMs = 10_000

type Copy = { source: "live" | "kept"; models: readonly Model[]; etag: string | null; at: string }

/** Fetches the model list with its ETag, serves the last good copy immediately and refreshes it in the background. */
export function createCatalogue(source: CatalogueSource): Catalogue {
  let copy: Copy | null = null
  let lastResort: { models: readonly Model[]; at: string } | null = null
  let hasFailed = false
  let isSaved = true
  let nextTry = 0
  let loading: Promise<void> | null = null
  let renewal: Promise<void> | null = null
  const metrics = source.metricsUrl
    ? createMetrics({ url: source.metricsUrl, fetch: source.fetch })
    : null

  async function loadKept(): Promise<void> {
    const kept = await source.kept?.load().catch(report)
    if (kept) copy ??= { source: "kept", etag: null, ...kept }
  }

  async function renew(): Promise<void> {
    const headers = new Headers({ authorization: `Bearer ${source.apiKey}` })
    if (copy?.etag) headers.set("if-none-match", copy.etag)
    const response = await source.fetch(source.url, {
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    })
    const at = new Date().toISOString()
    if (copy && response.status === 304) copy = { ...copy, at }
    else {
      if (!response.ok) {
        await response.body?.cancel()
        throw new Error(`the catalogue answered ${response.status}`)
      }
      const models = parseCatalogue(await response.json())
      // An empty list is a fault of the upstream; the last good copy is more useful.
      if (models.length === 0) throw new Error("the catalogue is empty")
      copy = { source: "live", models, etag: response.headers.get("etag"), at }
      isSaved = false
    }
    nextTry = Date.now() + freshMs
  }

  async function keep(): Promise<void> {
    if (!copy || isSaved) return
    await source.kept?.save(copy.models, copy.at)
    isSaved = true
  }

  async function fallBack(error: unknown): Promise<void> {
    report(error)
    if (!copy && source.known) lastResort ??= await source.known.snapshot()
  }

  function startRenewal(): void {
    nextTry = Date.now() + retryMs
    loading = copy ? Promise.resolve() : loadKept()
    renewal = loading
      .then(renew)
      .then(
        () => {
          hasFailed = false
          // Once the list is in memory, callers do not wait for the database.
          void keep().catch(report)
        },
        (error) => {
          hasFailed = true
          return fallBack(error).catch(report)
        },
      )
      .then(() => {
        renewal = null
      })
  }

  function report(error: unknown): null {
    source.onError?.(error)
    return null
  }

  async function newest(): Promise<readonly Model[]> {
    if (!renewal && Date.now() >= nextTry) startRenewal()
    await loading
    // While the upstream is down the existing list is served without waiting.
    if (!copy && !lastResort) await renewal
    return copy?.models ?? lastResort?.models ?? []
  }

  const merged = createMerging()
  const models = async () => merged(await newest(), metrics?.table())

  function state(): CatalogueState {
    if (copy) return { source: copy.source, at: copy.at, isStale: hasFailed }
    if (lastResort) return { source: "snapshot", at: lastResort.at, isStale: true }
    return { source: "none", at: null, isStale: hasFailed }
  }

  return {
    models,
    async browse() {
      metrics?.renew()
      return { models: await models(), state: state(), metricsAt: metrics?.at() ?? null }
    },
    find: async (id) => lookUp(await models(), id),
    peek: (id) => lookUp(copy?.models ?? lastResort?.models ?? [], id),
    async whereIs(id) {
      const offered = await models()
      const model = lookUp(offered, id)
      if (model) return { state: "offered", model }
      const retired = await source.known?.retired().catch(report)
      const gone = retired?.get(id.toLowerCase())
      if (!retired || !gone) return { state: "unknown", model: copy ? null : parseEntry({ id }) }
      const successor = successorOf(id, retired, (name) => lookUp(offered, name))
      return { state: "retired", since: gone.since, successor }
    },
    state,
  }
}

/** Caches the merge of a list with its metrics. */
function createMerging() {
  let last: { models: readonly Model[]; table: MetricsTable } | null = null
  let merged: readonly Model[] = []
  return (models: readonly Model[], table: MetricsTable = noMetrics): readonly Model[] => {
    if (last?.models !== models || last.table !== table) {
      last = { models, table }
      merged = withMetrics(models, table)
    }
    return merged
  }
}
const noMetrics: MetricsTable = new Map()
