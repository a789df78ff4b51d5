import { keywords } from "../answers/question"
import { findPlace, type Place } from "./places"

/** What somebody searches for. */
export interface Query {
  text: string
  /** The words that carry it, without those that were ruled out. */
  words: string[]
  /** What has to be found word for word. */
  exact: string[]
  excluded: string[]
  /** The only site to look at. */
  site?: string
  place?: Place
  wants: { weather: boolean; map: boolean; videos: boolean }
}

const askingWords =
  /\b(?:search|find|look(?:ing)? up|news|latest|today|tomorrow|tell|show|weather|forecast|map|where|near|videos?|pictures?|images?|photos?|information|hello|hi|hey|thanks|thank)\b/gi

const namedPlace = /\b(?:in|near|at|for|around|of|to)\s+(\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)*)/u

function placeIn(text: string): Place | undefined {
  const known = findPlace(text)
  if (known) return known
  const name = namedPlace.exec(text)?.[1]
  return name === undefined ? undefined : { name }
}

/** Reads a question with the operators that search engines know: "exact", -without, site:. */
export function readQuery(text: string): Query {
  const exact = [...text.matchAll(/"([^"]+)"/g)].map(([, phrase = ""]) => phrase)
  const excluded = [...text.matchAll(/(?<=^|\s)-(\p{L}[\p{L}\p{N}-]*)/gu)].map(([, word = ""]) =>
    word.toLowerCase(),
  )
  const site = /\bsite:([a-z0-9.-]+\.[a-z]{2,})/i.exec(text)?.[1]?.toLowerCase()
  const plain = text
    .replace(/\bsite:\S+/gi, " ")
    .replace(/(?<=^|\s)-\p{L}[\p{L}\p{N}-]*/gu, " ")
    .replaceAll('"', " ")
  const words = keywords(plain.replace(askingWords, " "), 6)
  const place = placeIn(plain)
  return {
    text: plain.replace(/\s+/g, " ").trim(),
    words: words.filter((word) => !excluded.includes(word.toLowerCase())),
    exact,
    excluded,
    ...(site && { site }),
    ...(place && { place }),
    wants: {
      weather: /\b(?:weather|forecast|temperature|rain|snow|sunny|wetter|météo|tiempo)\b/i.test(
        plain,
      ),
      map: /\b(?:where|map|near|nearby|restaurants?|hotels?|caf[eé]s?|museums?|shops?|address|directions|located|location)\b/i.test(
        plain,
      ),
      videos:
        /\b(?:videos?|watch|trailers?|songs?|music|tutorials?|how (?:to|do|does|can)|clips?|movies?|films?|youtube)\b/i.test(
          plain,
        ),
    },
  }
}
