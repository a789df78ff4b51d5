import "server-only"
import type { Source } from "../cards"

// Only addresses that the person gave or a search found may be fetched: a model that was talked into
// reading another one would carry what it knows there, in the address itself.

/** An address as it is compared: as the URL parser understands it, without fragment. Null for what is no web address. */
export function normalUrl(address: string): string | null {
  const url = URL.parse(address)
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return null
  url.hash = ""
  return url.href
}

/** The addresses that stand in a text. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"“”«»`\\^{}|]{1,2000}/gi)].flatMap(([found]) => {
    // "(see https://a.example/b)." ends before the dot; a bracket that was opened within stays.
    const trimmed = found.replace(/[.,;:!?'’*_]+$/, "")
    const bare = withoutClosing(withoutClosing(trimmed, "(", ")"), "[", "]")
    return [...new Set([found, trimmed, bare])].flatMap((address) => normalUrl(address) ?? [])
  })
}

/** What may be fetched in a turn: what the person wrote, and what tools found up to now. */
export function knownUrls(texts: Iterable<string>, sources: Iterable<Source>): Set<string> {
  const found = [...sources].flatMap(({ url }) => normalUrl(url) ?? [])
  return new Set([...[...texts].flatMap(urlsIn), ...found])
}

function withoutClosing(address: string, opening: string, closing: string): string {
  let bare = address
  const count = (sign: string) => bare.split(sign).length
  while (bare.endsWith(closing) && count(closing) > count(opening)) {
    bare = bare.slice(0, -1).replace(/[.,;:!?'’*_]+$/, "")
  }
  return bare
}
