import type { Model } from "./catalogue"
import { type ChatRequest, lastUserText } from "./chat-request"
import { type Exchange, Refusal, type Route } from "./exchange"
import { isSearch } from "./hidden"
import { perSimulator, Recent } from "./per-simulator"
import { refuseQuery } from "./query"
import { cardFor } from "./search/knowledge"
import { linksFor, subjectOf } from "./search/links"
import { pictureOf } from "./search/picture"
import { type Query, readQuery } from "./search/query"
import { weatherAt } from "./search/weather"

interface Search {
  query: Query
  askedAt: Date
}

const searches = perSimulator(() => new Recent<Search>(1_000))

/** What was found, told as an answer in Markdown. */
function answerOf(query: Query): string {
  const links = linksFor(query)
  if (links.length === 0) return "Hello! Tell me what to search for, and I will look."
  const card = cardFor(query)
  const about = card ? `**${card.title}** – ${card.description}\n\n` : ""
  const list = links.map(({ title, url }) => `- [${title}](${url})`).join("\n")
  const note =
    "*The simulator searches nothing; these links lead to the search pages of real sites.*"
  return `${about}Here is where to read more about ${subjectOf(query)}:\n\n${list}\n\n${note}`
}

/**
 * The answer of a search model, which can then be asked for more under the id of this request. Nothing
 * for other models.
 */
export function searchAnswer(
  exchange: Exchange,
  model: Model,
  { messages }: ChatRequest,
): string | undefined {
  if (!isSearch(model)) return undefined
  const query = readQuery(lastUserText(messages))
  searches(exchange.simulator).set(exchange.inferenceId, { query, askedAt: new Date() })
  return answerOf(query)
}

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function searchOf(exchange: Exchange): Search {
  exchange.requireKey()
  const id = exchange.url.searchParams.get("followup_id")
  if (id === null) refuseQuery("Required")
  if (!uuidPattern.test(id)) refuseQuery("Invalid uuid")
  const search = searches(exchange.simulator).get(id.toLowerCase())
  if (!search) throw new Refusal(404, `No search ${id}`)
  return search
}

/** The address of a picture of something, made when its address is first given out. */
export function pictureUrl(exchange: Exchange, subject: string): string {
  const { media } = exchange.simulator
  const name = `${subject.toLowerCase().replace(/[^a-z0-9]+/g, "-") || "picture"}.png`
  const path = `/media/${exchange.inferenceId}/${name}`
  if (media.get(path)) return exchange.baseUrl + path
  return exchange.baseUrl + media.put(exchange.inferenceId, name, pictureOf(subject), "image/png")
}

type Finder = (exchange: Exchange, search: Search) => unknown

function images(exchange: Exchange, { query }: Search): object[] {
  const subject = subjectOf(query)
  return linksFor(query).map(({ title, url, siteName }) => ({
    source: url,
    original: pictureUrl(exchange, `${subject} ${siteName}`),
    title,
    source_name: siteName,
  }))
}

function videos(exchange: Exchange, { query }: Search): object[] {
  const subject = subjectOf(query)
  if (!query.wants.videos || subject === "") return []
  return ["introduction", "explained", "live"].map((kind) => {
    const words = encodeURIComponent(`${subject} ${kind}`)
    return {
      link: `https://www.youtube.com/results?search_query=${words}`,
      thumbnail: pictureUrl(exchange, `${subject} ${kind}`),
      title: `${subject} – ${kind}`,
    }
  })
}

function weather(exchange: Exchange, { query, askedAt }: Search): object {
  if (!query.wants.weather || !query.place) return {}
  return weatherAt(query.place, askedAt, (sky) => pictureUrl(exchange, `${sky} sky`))
}

function localMap(exchange: Exchange, { query }: Search): object {
  const { place, wants } = query
  if (!place || !(wants.map || wants.weather)) return {}
  const { name, latitude, longitude } = place
  const gps_coordinates = latitude === undefined ? undefined : { latitude, longitude }
  return {
    link: `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(name)}`,
    image: pictureUrl(exchange, `map of ${name}`),
    ...(gps_coordinates && { gps_coordinates }),
  }
}

const finders: Record<string, Finder> = {
  links: (_, { query }) => linksFor(query).map(({ url }) => url),
  images,
  videos,
  weather,
  "local-map": localMap,
  knowledge: (_, { query }) => cardFor(query) ?? {},
}

function more(exchange: Exchange, [kind = ""]: string[]): void {
  exchange.sendJson(200, finders[kind]?.(exchange, searchOf(exchange)))
}

export const searchRoutes: Route[] = [
  {
    method: "GET",
    path: /^(?:\/v1)?\/bagoodex\/(links|images|videos|weather|local-map|knowledge)$/,
    handle: more,
  },
]
