// Models that search the web and say where they looked. Which do, when, and how they tell it is read
// from their own schemas.
import { z } from "zod"
import type { Web } from "./answers/web"
import { type Catalogue, kindsOf, type Model } from "./catalogue"
import type { Exchange } from "./exchange"
import { memberNames } from "./members"
import { series } from "./random"
import { pictureUrl } from "./search"
import { type Found, linksFor, subjectOf } from "./search/links"
import { type Query, readQuery } from "./search/query"
import type { Operation } from "./specs"

const searchMember =
  /^(?:web_search_options|enable_search|search_\w+|return_(?:images|related_questions))$/

/** How an operation searches, if its schema knows of it at all. */
function searchOf(operation: Operation | undefined) {
  const names = memberNames(operation)
  const own = names.filter((name) => searchMember.test(name))
  if (own.length === 0) return undefined
  return {
    // Where one option is all there is to it, the answer is annotated.
    tells: own.every((name) => name === "web_search_options") ? "annotations" : "citations",
    // What cannot use tools can only search.
    isAlways: !names.includes("tools"),
    isSwitched: own.includes("enable_search"),
  } as const
}

/**
 * A model as the list shows it: one that searches unasked, or by a switch or an option of its own, says
 * so. The many whose schemas merely repeat every option of every service do not.
 */
export function withSearchAbility(catalogue: Catalogue, model: Model): Model {
  if (!kindsOf(model.type).includes("chat")) return model
  const search = searchOf(catalogue.ownOperation("chat", model))
  const isKnown = search && (search.isAlways || search.isSwitched || search.tells === "annotations")
  if (!isKnown || model.capabilities.includes("web_search")) return model
  return { ...model, capabilities: [...model.capabilities, "web_search"].sort() }
}

const bodySchema = z.looseObject({
  web_search_options: z.looseObject({ search_context_size: z.string().optional() }).nullish(),
  enable_search: z.boolean().nullish(),
  search_options: z.looseObject({ enable_source: z.boolean().optional() }).nullish(),
  search_domain_filter: z.array(z.string()).nullish(),
  return_images: z.boolean().nullish(),
  return_related_questions: z.boolean().nullish(),
})

const isAsked = (body: Record<string, unknown>) =>
  Object.entries(body).some(
    ([name, value]) => searchMember.test(name) && value !== false && value !== null,
  )

export interface WebSearch {
  web: Web
  contextSize: string | undefined
  /** The members that stand beside the choices. */
  extras: object
}

/** What a request finds on the web; nothing where the model does not search or was not asked to. */
export function webSearch(
  exchange: Exchange,
  operation: Operation | undefined,
  asked: Record<string, unknown>,
  prompt: string,
): WebSearch | undefined {
  const search = searchOf(operation)
  if (!search || !(search.isAlways || isAsked(asked))) return undefined
  const body = bodySchema.parse(asked)
  if (search.isSwitched && !body.enable_search) return undefined
  const hidesSources = search.isSwitched && !body.search_options?.enable_source
  const query = withWords(readQuery(prompt))
  const found = hidesSources ? [] : within(query, body.search_domain_filter ?? [])
  const web: Web = { found, subject: subjectOf(query), tells: search.tells }
  if (search.tells === "annotations" || hidesSources)
    return { web, contextSize: undefined, extras: {} }
  return {
    web,
    contextSize: body.web_search_options?.search_context_size ?? "low",
    extras: {
      citations: found.map(({ url }) => url),
      search_results: found.map(resultOf),
      ...(body.return_images && { images: found.map((page) => imageOf(exchange, web, page)) }),
      ...(body.return_related_questions && { related_questions: questionsAbout(web) }),
    },
  }
}

/** A search engine is asked for a greeting as well. */
function withWords(query: Query): Query {
  return subjectOf(query) === "" ? { ...query, words: [query.text.slice(0, 60) || "news"] } : query
}

/** The pages on the domains that are wanted, or on all but those with a minus. */
function within(query: Query, domains: string[]): Found[] {
  const wanted = domains.filter((domain) => !domain.startsWith("-"))
  const isOn = ({ url }: Found, domain: string) => new URL(url).host.endsWith(domain)
  const all = linksFor(query)
  const pages = wanted.flatMap((domain) => {
    const known = all.filter((page) => isOn(page, domain))
    return known.length > 0 ? known : linksFor({ ...query, site: domain })
  })
  return (wanted.length > 0 ? pages : all).filter(
    (page) => !domains.some((domain) => domain.startsWith("-") && isOn(page, domain.slice(1))),
  )
}

function resultOf({ title, url }: Found): object {
  const next = series(`result ${url}`)
  const day = (year: number) =>
    new Date(Date.UTC(year, Math.floor(next() * 12), 1 + Math.floor(next() * 28)))
      .toISOString()
      .slice(0, 10)
  return { title, url, date: day(2024), last_updated: day(2025) }
}

function imageOf(exchange: Exchange, { subject }: Web, { url, siteName }: Found): object {
  const image_url = pictureUrl(exchange, `${subject} ${siteName}`)
  return { image_url, origin_url: url, height: 200, width: 320 }
}

const questionsAbout = ({ subject }: Web) => [
  `What is the history of ${subject}?`,
  `Why does ${subject} matter?`,
  `What is often misunderstood about ${subject}?`,
]
