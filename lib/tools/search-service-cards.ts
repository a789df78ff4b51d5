import "server-only"
import { z } from "zod"
import type { Json } from "../base/json"
import type { Card, Source } from "../message/cards"
import { address, checkedCard, hostOf, line, optionalAddress, optionalLine } from "./search-cards"

// The additional search results, each converted to sources or a card. An empty result is `{}` and matches none of
// the schemas.

/** Sources from URLs alone. */
export function linkSources(links: readonly string[]): Source[] {
  return [...new Set(links)].map((url) => ({ url, title: hostOf(url) })).slice(0, 100)
}

const filmSchema = z.object({ link: address, title: optionalLine, thumbnail: optionalAddress })

export function toFilms(value: unknown): Card | null {
  const items = z
    .array(z.unknown())
    .catch([])
    .parse(value)
    .flatMap((entry) => {
      const film = filmSchema.safeParse(entry).data
      if (!film) return []
      const { link: url, title = hostOf(url), thumbnail } = film
      return [{ url, title, ...(thumbnail !== undefined && { thumbnailUrl: thumbnail }) }]
    })
  return items.length > 0 ? { kind: "films", items: items.slice(0, 50) } : null
}

// Temperatures are strings, but accept numbers too.
const amount = z.union([line, z.number().transform(String)])
const optionalAmount = amount.optional().catch(undefined)
const weatherSchema = z.object({
  location: line,
  temperature: amount,
  unit: optionalLine,
  weather: optionalLine,
  humidity: optionalAmount,
  precipitation: optionalAmount,
  wind: optionalAmount,
  date: optionalLine,
  forecast: z
    .array(
      z.object({
        day: line,
        temperature: z
          .object({ high: optionalAmount, low: optionalAmount })
          .catch({ high: undefined, low: undefined }),
        weather: optionalLine,
      }),
    )
    .catch([]),
})

export function toWeather(value: unknown): Card | null {
  const read = weatherSchema.safeParse(value).data
  if (!read) return null
  const { location: place, temperature, unit, weather: sky, forecast } = read
  const facts = [
    { label: "Humidity", value: read.humidity },
    { label: "Precipitation", value: read.precipitation },
    { label: "Wind", value: read.wind },
    { label: "As of", value: read.date },
  ]
  return checkedCard({
    ...{ kind: "weather", place, temperature },
    ...defined({ unit, sky }),
    facts: facts.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }])),
    days: forecast.slice(0, 14).map(({ day, temperature: { high, low }, weather }) => ({
      day,
      ...defined({ high, low, sky: weather }),
    })),
  })
}

const mapSchema = z.object({
  link: address,
  image: optionalAddress,
  gps_coordinates: z
    .object({ latitude: z.number(), longitude: z.number() })
    .optional()
    .catch(undefined),
})

export function toMap(value: unknown): Card | null {
  const read = mapSchema.safeParse(value).data
  if (!read) return null
  const { link: url, image: imageUrl, gps_coordinates: at } = read
  return checkedCard({ kind: "map", url, ...defined({ imageUrl }), ...at })
}

const knowledgeSchema = z.looseObject({
  title: line,
  type: optionalLine,
  description: optionalLine,
})

/** A card about a thing; any other member becomes a fact under its own name: `born`, `height`. */
export function toKnowledge(value: unknown): Card | null {
  const read = knowledgeSchema.safeParse(value).data
  if (!read) return null
  const { title, type, description, ...rest } = read
  const facts = Object.entries(rest).flatMap(([name, fact]) => {
    const text = amount.safeParse(fact).data
    // Addresses and lists of links are no facts about the thing.
    const isFact = text !== undefined && !/^https?:/.test(text) && !/_links?$|_id$/.test(name)
    return isFact ? [{ label: labelOf(name), value: text }] : []
  })
  return checkedCard({
    ...{ kind: "knowledge", title },
    ...defined({ type, description }),
    facts: facts.slice(0, 40),
  })
}

function labelOf(name: string): string {
  const words = name.replaceAll("_", " ").trim()
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 100)
}

/** Removes undefined members, which the types do not treat as absent. */
function defined<T extends Record<string, Json | undefined>>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> } // by the filter
}
