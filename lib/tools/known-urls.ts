import "server-only"
import { endWithout, trimEndOf } from "../base/text-end"
import type { Source } from "../message/cards"

// Only addresses that the person gave or a search found may be fetched: a model that was talked into
// reading another one would carry what it knows there, in the address itself.

/** An address as it is compared: as the URL parser understands it, without fragment. Null for what is no web address. */
export function normalUrl(address: string): string | null {
  const url = URL.parse(address)
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return null
  url.hash = ""
  return url.href
}

// "(see https://a.example/b)." ends before the dot; a bracket that was opened within stays.
const sentenceSigns = ".,;:!?'’*_"

/** The addresses that stand in a text. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"“”«»`\\^{}|]{1,2000}/gi)].flatMap(([found]) => {
    const trimmed = trimEndOf(sentenceSigns, found)
    const bare = withoutClosing(withoutClosing(trimmed, "(", ")"), "[", "]")
    return [...new Set([found, trimmed, bare])].flatMap((address) => normalUrl(address) ?? [])
  })
}

function withoutClosing(address: string, opening: string, closing: string): string {
  let surplus = address.split(closing).length - address.split(opening).length
  let end = address.length
  for (; surplus > 0 && address.charAt(end - 1) === closing; surplus--) {
    end = endWithout(sentenceSigns, address, end - 1)
  }
  return address.slice(0, end)
}

/** What may be fetched in a turn: what the person wrote, and what tools found up to now. */
export class KnownUrls {
  /** Not looked through before somebody asks, which few turns do. */
  #texts: readonly string[]
  readonly #known = new Set<string>()

  constructor(texts: readonly string[], sources: readonly Source[] = []) {
    this.#texts = texts
    this.add(sources)
  }

  /** Whether an address, as `normalUrl` spells it, is one of them. */
  has(url: string): boolean {
    for (const text of this.#texts) for (const address of urlsIn(text)) this.#known.add(address)
    this.#texts = []
    return this.#known.has(url)
  }

  add(sources: readonly Source[]): void {
    for (const { url } of sources) {
      const address = normalUrl(url)
      if (address !== null) this.#known.add(address)
    }
  }
}
