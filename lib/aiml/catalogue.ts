import { z } from "zod"
import type { Model, ModelKind } from "../models"

/** A place where the last good catalogue survives a restart, as the upstream sent it. */
export type KeptCatalogue = {
  load(): Promise<{ models: Model[]; etag: string | null } | null>
  save(models: Model[], etag: string | null): Promise<void>
}

export type Catalogue = {
  /** The newest list to be had; empty only when there never was one. Never throws. */
  models(): Promise<readonly Model[]>
}

const freshMs = 10 * 60_000
const retryMs = 15_000
const timeoutMs = 10_000

/** Reads the list of models with its ETag, serves the last good copy at once and renews it behind. */
export function createCatalogue(source: {
  url: string
  apiKey: string
  fetch: typeof fetch
  kept?: KeptCatalogue | undefined
  /** Told when the list could not be read; the copy serves on. */
  onError?: ((error: unknown) => void) | undefined
}): Catalogue {
  let copy: { models: readonly Model[]; etag: string | null } | null = null
  let nextTry = 0
  let renewal: Promise<void> | null = null

  async function renew(): Promise<void> {
    nextTry = Date.now() + retryMs
    const headers = new Headers({ authorization: `Bearer ${source.apiKey}` })
    if (copy?.etag) headers.set("if-none-match", copy.etag)
    const response = await source.fetch(source.url, {
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 304) {
      if (!response.ok) throw new Error(`the catalogue answered ${response.status}`)
      const models = parseCatalogue(await response.json())
      copy = { models, etag: response.headers.get("etag") }
      await source.kept?.save(models, copy.etag)
    }
    nextTry = Date.now() + freshMs
  }

  function startRenewal(): Promise<void> {
    renewal ??= renew()
      // The copy serves on, and a later call tries again.
      .catch((error) => source.onError?.(error))
      .finally(() => {
        renewal = null
      })
    return renewal
  }

  return {
    async models() {
      copy ??= (await source.kept?.load().catch(() => null)) ?? null
      const pending = Date.now() >= nextTry ? startRenewal() : renewal
      if (!copy) await pending
      return copy?.models ?? []
    },
  }
}

const unitSchema = z.object({
  name: z.string().optional(),
  measure: z.string().optional(),
  price: z.number(),
  per: z.number().positive().optional(),
})
const text = z.string().nullish().catch(null)
const count = z.number().positive().nullish().catch(null)
const itemSchema = z.object({
  id: z.string().min(1),
  type: text,
  aliases: z.array(z.string()).optional().catch([]),
  owned_by: text,
  info: z
    .object({
      name: text,
      developer: text,
      releasedAt: text,
      contextLength: count,
      outputMax: count,
    })
    .optional()
    .catch(undefined),
  capabilities: z.array(z.string()).optional().catch([]),
  features: z.array(z.string()).optional().catch([]),
  pricing: z
    .object({ units: z.array(unitSchema).optional().catch([]) })
    .optional()
    .catch(undefined),
})
const listSchema = z.object({ data: z.array(z.unknown()) })

/** The vendor's list as ours. An entry that cannot be read is left out, the rest stays. */
export function parseCatalogue(body: unknown): Model[] {
  return listSchema.parse(body).data.flatMap((item) => {
    const parsed = itemSchema.safeParse(item)
    return parsed.success ? [toModel(parsed.data)] : []
  })
}

function toModel(item: z.infer<typeof itemSchema>): Model {
  return {
    id: item.id,
    aliases: item.aliases ?? [],
    name: item.info?.name || item.id.split("/").at(-1) || item.id,
    maker: item.info?.developer || item.owned_by || "",
    kind: kindOf(item.type ?? ""),
    endpoint: item.type ?? null,
    abilities: item.capabilities ?? [],
    contextTokens: item.info?.contextLength ?? null,
    outputTokens: item.info?.outputMax ?? null,
    inputUsdPerMillion: usdPerMillion(item, "input"),
    outputUsdPerMillion: usdPerMillion(item, "output"),
    releasedAt: item.info?.releasedAt ?? null,
  }
}

function usdPerMillion(item: z.infer<typeof itemSchema>, measure: string): number | null {
  const unit = item.pricing?.units?.find(
    (unit) => unit.name === "token" && unit.measure === measure,
  )
  return unit ? (unit.price / (unit.per ?? 1)) * 1_000_000 : null
}

// By the vendor's `type`, such as "openai/chat-completions"; other servers have none and chat.
const kinds: readonly (readonly [RegExp, ModelKind])[] = [
  [/3d|mesh/, "shape"],
  [/video/, "video"],
  [/image/, "image"],
  [/embed/, "embedding"],
  [/ocr|vision/, "document"],
  [/stt|transcri/, "transcription"],
  [/tts|speech|voice/, "speech"],
  [/audio|music/, "audio"],
  [/chat|responses|messages|^$/, "text"],
]

function kindOf(type: string): ModelKind {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? "other"
}
