import type { Query } from "./query"

/** A page that was "found": the search page of a real site, which does lead to something. */
export interface Found {
  title: string
  url: string
  siteName: string
}

const sites: readonly { siteName: string; host: string; path: (words: string) => string }[] = [
  {
    siteName: "Wikipedia",
    host: "en.wikipedia.org",
    path: (words) => `/w/index.php?search=${words}`,
  },
  { siteName: "Britannica", host: "www.britannica.com", path: (words) => `/search?query=${words}` },
  { siteName: "Internet Archive", host: "archive.org", path: (words) => `/search?query=${words}` },
  { siteName: "Reddit", host: "www.reddit.com", path: (words) => `/search/?q=${words}` },
  { siteName: "BBC", host: "www.bbc.co.uk", path: (words) => `/search?q=${words}` },
]

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What to search for, in the words of the question and as few as will do. */
export function subjectOf({ words, exact }: Query): string {
  return [...exact, ...words.filter((word) => !exact.join(" ").includes(word))]
    .slice(0, 5)
    .join(" ")
}

/** The pages for a question; none for one that names nothing. */
export function linksFor(query: Query): Found[] {
  const subject = subjectOf(query)
  if (subject === "") return []
  const quoted = query.exact.length > 0 ? `"${query.exact[0]}" ${query.words.join(" ")}` : subject
  const wanted = [quoted.trim(), ...query.excluded.map((word) => `-${word}`)].join(" ")
  const words = encodeURIComponent(wanted)
  const { site } = query
  if (site) {
    const url = `https://${site}/?q=${words}`
    return [{ title: `${capital(subject)} on ${site}`, url, siteName: site }]
  }
  return sites
    .filter(({ siteName }) => !query.excluded.includes(siteName.toLowerCase()))
    .map(({ siteName, host, path }) => ({
      title: `${capital(subject)} – ${siteName}`,
      url: `https://${host}${path(words)}`,
      siteName,
    }))
}
