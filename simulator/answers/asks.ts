import type { Topic } from "./knowledge"
import { mentionsIn, withoutMentions } from "./mentions"
import { keywords } from "./question"

const shownKinds = ["compare", "table", "code", "math"] as const
type ShownKind = (typeof shownKinds)[number]
export type Kind = ShownKind | "explain"

/** One thing that a question asks for. */
export interface Ask {
  kind: Kind
  topics: Topic[]
  /** The part of the question in which it is asked. */
  clause: string
  /** The same without the names of the topics. */
  rest: string
  /** The programming languages that are named, in order. */
  languages: string[]
}

const languagePatterns: Record<string, RegExp> = {
  python: /\bpython\b/i,
  typescript: /\b(?:type|java)script\b/i,
  sql: /\bsql\b/i,
  bash: /\b(?:bash|shell)\b/i,
  rust: /\brust\b/i,
  go: /\bgolang\b|\b(?:in|using|with) Go\b/,
  css: /\bcss\b/i,
  java: /\bjava\b/i,
  c: /\bC(?:\+\+|#)?(?=[\s,.?]|$)/,
  ruby: /\bruby\b/i,
  php: /\bphp\b/i,
  kotlin: /\bkotlin\b/i,
  swift: /\bswift\b/i,
  haskell: /\bhaskell\b/i,
}

const cues: Record<ShownKind, RegExp> = {
  compare:
    /\b(?:compar\w*|versus|vs|differences?|differ|side by side|pros and cons|vergleich\w*|unterschiede?)\b|比较|قارن/i,
  table: /\b(?:tables?|tabular|tabelle|tabla|tableau)\b|表格|جدول/i,
  code: /\b(?:code|coding|implement\w*|programs?|functions?|snippets?|scripts?|código|programm|debug|refactor)\b|\b(?:in|en|using|with|mit) (?:python|typescript|javascript|java|rust|golang|sql|bash|css|ruby|php|kotlin|swift|haskell|C\b|Go\b)|代码/i,
  math: /\b(?:math\w*|formulas?|formulae|equations?|deriv\w+|proofs?|proves?|complexity|calculus|solve)\b/i,
}

const explaining =
  /\b(?:explain|describe|why|introduc\w+|overview)\b|\bhow (?:does|do|did) (?!i\b)/i
const single = /\b(?:it|its|that|this)\b/i
const several = /\b(?:they|them|their|these|those|both|each)\b/i
const requests =
  "show|give|write|explain|describe|what|which|how|why|who|when|where|tell|list|implement|prove|derive|draw|compare|include|add|make|provide|sketch|plan|is|are|can|could|do|does"
const isRequest = new RegExp(`\\?\\s*$|^(?:(?:and|then|also|please)\\s+)*(?:${requests})\\b`, "i")
const borders = new RegExp(
  `(?<!\\bvs\\.|\\be\\.g\\.|\\bi\\.e\\.)(?<=[.?!;])\\s+|\\n+|(?:,\\s*|\\s+)(?:and|then|also|plus|but)\\s+(?=(?:(?:also|then|please)\\s+)*(?:${requests})\\b)|,\\s+(?=(?:${requests})\\b)`,
  "i",
)

/** The programming languages a text names, in its order. */
export function languagesIn(text: string): string[] {
  return Object.entries(languagePatterns)
    .map(([name, pattern]) => ({ name, start: text.search(pattern) }))
    .filter(({ start }) => start >= 0)
    .sort((left, right) => left.start - right.start)
    .map(({ name }) => name)
}

/** What a text asks to see, apart from words, in its order. */
export function kindsIn(text: string): Kind[] {
  return shownKinds
    .map((kind) => ({ kind, start: text.search(cues[kind]) }))
    .filter(({ start, kind }) => start >= 0 && (kind !== "table" || !cues.compare.test(text)))
    .sort((left, right) => left.start - right.start)
    .map(({ kind }) => kind)
}

/** A text without the words that say in which form it is to be answered. */
export function withoutCues(text: string): string {
  return Object.values({ ...cues, ...languagePatterns }).reduce(
    (rest, pattern) => rest.replace(new RegExp(pattern.source, `${pattern.flags}g`), " "),
    text,
  )
}

/** The words of a text that say what it is about, rather than what is to be done with it. */
export function subjectWords(text: string): string[] {
  const isTask =
    /^(?:show|make|write|draw|add|include|provide|list|sketch|short|simple|quick|small|case|example|version|python|using|now|as|in|better|best|faster|else|help|understand|know|want|like|think)$/i
  return keywords(withoutCues(text), 8).filter((word) => !isTask.test(word))
}

/** What a clause without a topic of its own refers to, if it refers to what was said before. */
function inherited(clause: string, before: Topic[]): Topic[] {
  const isAbout = ({ sections }: Topic) =>
    subjectWords(clause).every((word) =>
      sections.some(({ heading }) => heading.toLowerCase().includes(word.toLowerCase())),
    )
  const hasCue = kindsIn(clause).length > 0 || explaining.test(clause)
  if (!hasCue) return []
  if (several.test(clause)) return before
  if (single.test(clause)) return before.slice(-1)
  return before.every(isAbout) ? before : []
}

/** A question taken apart: what is asked, in order, and the parts nothing is known about. */
export function asksIn(text: string, earlier: Topic[]): { asks: Ask[]; strange: string[] } {
  let before = earlier
  const asks: Ask[] = []
  const strange: string[] = []
  for (const clause of text.split(borders).map((part) => part.trim())) {
    const mentions = mentionsIn(clause)
    const found = mentions.map(({ topic }) => topic)
    const topics = found.length ? found : inherited(clause, before)
    const rest = withoutMentions(clause, mentions)
    const kinds = kindsIn(rest)
    // Things in one table may be compared though none of them is a topic of its own.
    if (!topics.length && !kinds.includes("compare")) {
      if (isRequest.test(clause) && subjectWords(clause).length) strange.push(clause)
      continue
    }
    if (topics.length) before = topics
    const languages = languagesIn(rest)
    const wanted = kinds.length && !explaining.test(rest) ? kinds : explained(kinds)
    asks.push(...wanted.map((kind) => ({ kind, topics, clause, rest, languages })))
  }
  return { asks, strange }
}

/** A comparison explains enough by itself; everything else is explained first. */
function explained(kinds: Kind[]): Kind[] {
  return kinds.includes("compare") ? kinds : ["explain", ...kinds]
}
