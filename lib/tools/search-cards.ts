import "server-only"
import { z } from "zod"
import type { Json } from "../base/json"
import { type Card, cardSchema, type Source } from "../message/cards"
import type { WholePart } from "../message/parts"
import { untrustedText } from "./untrusted-text"

// Converts the extra data of search models to `lib/message/cards.ts`. Invalid entries are dropped and duplicates
// removed.

const maxSources = 100
const maxPictures = 50
const maxQuestions = 20

/** Untrusted text, reduced to one line. */
export const line = z
  .string()
  .transform((text) => untrustedText(text).replace(/\s+/g, " ").trim().slice(0, 500))
  .pipe(z.string().min(1))
export const optionalLine = line.optional().catch(undefined)
export const address = z.string().trim().min(1).max(2_000)
export const optionalAddress = address.optional().catch(undefined)

const citationSchema = z.union([
  address.transform((url) => ({ url })),
  // Annotations nest the URL one level deeper.
  z
    .object({ url_citation: z.object({ url: address }).loose() })
    .transform(({ url_citation }) => url_citation),
  z.object({ url: address }).loose(),
])
const detailsSchema = z.object({
  url: address,
  title: optionalLine,
  date: optionalLine,
  last_updated: optionalLine,
  snippet: optionalLine,
})

/**
 * Sources from a list of URLs, search results or annotations. The order is preserved because citation numbers in
 * the text refer to it.
 */
export function toSources(value: unknown): Source[] {
  const sources = z
    .array(z.unknown())
    .catch([])
    .parse(value)
    .flatMap((entry) => {
      const cited = citationSchema.safeParse(entry)
      const read = detailsSchema.safeParse(cited.data)
      return read.success ? [toSource(read.data)] : []
    })
  return uniqueBy(sources, ({ url }) => url).slice(0, maxSources)
}

function toSource(read: z.infer<typeof detailsSchema>): Source {
  const { url, title, date, last_updated, snippet } = read
  const day = date ?? last_updated
  return {
    url,
    title: title ?? hostOf(url),
    ...(day !== undefined && { date: day }),
    ...(snippet !== undefined && { snippet }),
  }
}

const pictureSchema = z.object({
  image_url: optionalAddress,
  url: optionalAddress,
  original: optionalAddress,
  origin_url: optionalAddress,
  source: optionalAddress,
  title: optionalLine,
})

/** A card of pictures from a list of URLs or objects; null if there are none. */
export function toPictures(value: unknown): Card | null {
  const pictures = z
    .array(z.unknown())
    .catch([])
    .parse(value)
    .flatMap((entry) => {
      const read = pictureSchema.safeParse(typeof entry === "string" ? { url: entry } : entry).data
      const url = read?.image_url ?? read?.original ?? read?.url
      if (!read || url === undefined) return []
      const pageUrl = read.origin_url ?? read.source
      const title = read.title ?? hostOf(pageUrl ?? url)
      return [{ url, title, ...(pageUrl !== undefined && { pageUrl }) }]
    })
  const items = uniqueBy(pictures, ({ url }) => url).slice(0, maxPictures)
  return items.length > 0 ? { kind: "pictures", items } : null
}

/** A card of follow-up questions; null if there are none. */
export function toQuestions(value: unknown): Card | null {
  const questions = z
    .array(z.unknown())
    .catch([])
    .parse(value)
    .flatMap((entry) => line.safeParse(entry).data ?? [])
  const items = uniqueBy(questions, (question) => question).slice(0, maxQuestions)
  return items.length > 0 ? { kind: "questions", items } : null
}

type Beside = { label: string; value: Json }

/** Everything of an answer's data events that is known: sources and cards. */
export function cardsIn(events: readonly Beside[]): { sources: Source[]; cards: Card[] } {
  const of = (label: string) => events.filter((event) => event.label === label)
  const cards = [
    ...of("Pictures").map(({ value }) => toPictures(value)),
    ...of("Related questions").map(({ value }) => toQuestions(value)),
  ]
  return {
    sources: uniqueBy(
      of("Sources").flatMap(({ value }) => toSources(value)),
      ({ url }) => url,
    ),
    cards: cards.filter((card) => card !== null),
  }
}

/** A data event as the most specific part; unknown data is kept as is. */
export function toPart({ label, value }: Beside): WholePart {
  const { sources, cards } = cardsIn([{ label, value }])
  if (sources.length > 0) return { type: "sources", sources }
  const [card] = cards
  return card ? { type: "card", card } : { type: "data", label, value }
}

/** The host of a URL without "www.". */
export function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, "") || url.slice(0, 100)
}

/** The card if it matches its schema, otherwise null. */
export function checkedCard(card: Card | null): Card | null {
  return card && (cardSchema.safeParse(card).data ?? null)
}

function uniqueBy<T>(list: readonly T[], key: (entry: T) => string): T[] {
  const seen = new Set<string>()
  return list.filter((entry) => !seen.has(key(entry)) && seen.add(key(entry)))
}
