import "server-only"
import { rootOf, tracedFetch } from "../aiml/http/address"
import type { Upstream } from "../aiml/http/upstream"
import { ask, type Endpoint } from "../aiml/services/endpoint"
import { findings } from "../aiml/services/search"
import { withDeadline } from "../base/deadline"
import { newId } from "../base/id"
import type { Card, Source } from "../message/cards"
import { env } from "../server/env"
import { toPictures } from "./search-cards"
import { linkSources, toFilms, toKnowledge, toMap, toWeather } from "./search-service-cards"

/** They only supplement a finished answer, so they must not delay it for long. */
const timeLimitMs = 6_000
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Additional search results for an answer, by the upstream's id. Only the vendor's service has them, and only for
 * some models; failures and empty results are ignored.
 */
export async function searchFindings(
  upstreamId: string | null,
  signal: AbortSignal,
): Promise<{ sources: Source[]; cards: Card[] }> {
  if (!env().isVendor || !upstreamId || !uuid.test(upstreamId)) return { sources: [], cards: [] }
  const find = <Answer>(endpoint: Endpoint<Answer>): Promise<Answer | null> =>
    withDeadline(timeLimitMs, signal, async (abortSignal) => {
      const asked = { query: { followup_id: upstreamId }, requestId: newId(), abortSignal }
      return await ask(upstream(), endpoint, asked).catch(() => null)
    })
  const [links, images, videos, weather, map, knowledge] = await Promise.all([
    find(findings.links),
    find(findings.images),
    find(findings.videos),
    find(findings.weather),
    find(findings.localMap),
    find(findings.knowledge),
  ])
  signal.throwIfAborted()
  const cards = [
    toKnowledge(knowledge),
    toWeather(weather),
    toMap(map),
    toPictures(images),
    toFilms(videos),
  ]
  return { sources: linkSources(links ?? []), cards: cards.filter((card) => card !== null) }
}

function upstream(): Upstream {
  const { AIMLAPI_BASE_URL, AIMLAPI_API_KEY } = env()
  return {
    root: rootOf(AIMLAPI_BASE_URL),
    apiKey: AIMLAPI_API_KEY ?? "demo",
    fetch: tracedFetch(fetch),
  }
}
