/** Characters of a prompt that are looked at: who pastes a book means no sum in the middle of it. */
const longest = 1_000

/** An arithmetic expression within a sentence; nothing without a sign between two numbers. */
export function arithmeticIn(text: string): string | undefined {
  const [found] =
    text
      .slice(0, longest)
      .match(/[-+(]*\d[\d.,]*(?:\s*(?:[-+*/^%×÷−)(]|\bx\b)+\s*[-+(]*[\d.]+\)*)+/i) ?? []
  if (found === undefined || /^\d{4}-\d\d-\d\d$/.test(found)) return undefined
  return found.replace(/(\d),(?=\d{3}\b)/g, "$1").replace(/[\s.]+$/, "")
}

/** The first web address of a text, without what ends the sentence. */
export function addressIn(text: string): string | undefined {
  return /https?:\/\/[^\s"'<>)]+/.exec(text)?.[0].replace(/[.,;:!?]+$/, "")
}

/** What a request to search is about: `search the web for tall ships` as `tall ships`. */
export function subjectIn(text: string): string {
  const start = text.slice(0, longest)
  const quoted = /["“„«]([^"”“»]+)["”“»]/.exec(start)?.[1]
  if (quoted) return quoted
  const asked =
    /\b(?:search|look|google|find out)\b(?:\s+(?:up|on|in|the|web|internet|online|information))*\s*(?:for|about|:)?\s+(\S[\s\S]*)$/i.exec(
      start,
    )?.[1]
  return (asked ?? start).replace(/[\s.?!]+$/, "").trim() || start.trim()
}

/** The timezone of a city that a text names. */
export function timezoneIn(text: string): string {
  const isNamed = (zone: string) => {
    const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone
    return new RegExp(`\\b${city}\\b`, "i").test(text)
  }
  return Intl.supportedValuesOf("timeZone").find(isNamed) ?? "UTC"
}

const cues: readonly { tool: RegExp; isMeant: (prompt: string) => boolean }[] = [
  {
    tool: /calc/i,
    isMeant: (prompt) =>
      /\b(?:calculat|comput|work out|evaluate)/i.test(prompt) && arithmeticIn(prompt) !== undefined,
  },
  {
    tool: /time|clock|date/i,
    isMeant: (prompt) =>
      /\bwhat(?:'s| is)? (?:the )?(?:current |local )?(?:time|date)(?: is it)?\b(?! complexity)|\bcurrent (?:time|date)\b|\b(?:what|which) day is (?:it|today)\b|\btoday's date\b/i.test(
        prompt,
      ),
  },
  {
    tool: /^make/i,
    isMeant: (prompt) =>
      /\b(?:make|draw|paint|create|compose)\b[^.?!]*\b(?:picture|image|video|music|speech|shape)\b/i.test(
        prompt,
      ),
  },
  {
    tool: /(?<!file_?)search/i,
    isMeant: (prompt) =>
      /\bsearch (?:the )?(?:web|internet|online)\b|\bsearch for\b|\blook up\b|\b(?:on|in) the (?:web|internet)\b/i.test(
        prompt,
      ),
  },
  {
    tool: /page|url|fetch|browse|read_?web/i,
    isMeant: (prompt) =>
      /\b(?:read|open|fetch|visit|summari[sz]e|what does)\b/i.test(prompt) &&
      addressIn(prompt) !== undefined,
  },
]

/** Whether a prompt means a tool of a usual kind; undefined for a tool of a kind of its own. */
export function meansTool(prompt: string, name: string): boolean | undefined {
  return cues.find(({ tool }) => tool.test(name))?.isMeant(prompt)
}
