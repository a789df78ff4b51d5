import "server-only"
import { endWithout, trimEndOf } from "../base/text-end"
import type { Source } from "../message/cards"

// Only URLs from the person or from search results may be fetched. Otherwise a prompt injection could make the
// model leak the conversation in a URL of its own.

/** A URL normalized by the URL parser, without its fragment, for comparison. Null if it is not a web address. */
export function normalUrl(address: string): string | null {
  const url = URL.parse(address)
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return null
  url.hash = ""
  return url.href
}

// "(see https://a.example/b)." ends before the punctuation; a bracket opened inside the URL belongs to it.
const sentenceSigns = ".,;:!?'’*_"

/** The URLs in a text. */
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

/** The URLs a turn may fetch: those in the person's text and those returned by tools so far. */
export class KnownUrls {
  /** Scanned on first use, since few turns fetch anything. */
  #texts: readonly string[]
  readonly #known = new Set<string>()

  constructor(texts: readonly string[], sources: readonly Source[] = []) {
    this.#texts = texts
    this.add(sources)
  }

  /** Whether a URL, normalized by `normalUrl`, may be fetched. */
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
