import { type Ask, asksIn, withoutCues } from "./asks"
import { comparisonOf, factsTable, isThing, tableAround } from "./comparison"
import type { Section } from "./document"
import type { Topic, TopicSection } from "./knowledge"
import { mentionsIn } from "./mentions"
import { excerpt, keywords, type Question } from "./question"

interface Part {
  sections: Section[]
  /** What was asked for and is not there. */
  missing: string[]
}

const stem = (word: string) => word.toLowerCase().slice(0, 5).replace(/s$/, "")

/** Of some sections the one whose heading has most words of the question; on a tie the first. */
function bestOf<S extends Section>(sections: S[], topic: Topic, { rest }: Ask): S | undefined {
  const known = keywords(topic.name, 20).map(stem)
  const words = keywords(withoutCues(rest), 20)
    .map(stem)
    .filter((word) => !known.includes(word))
  const score = ({ heading }: Section) =>
    keywords(heading, 20).filter((word) => words.includes(stem(word))).length
  return sections.toSorted((left, right) => score(right) - score(left))[0]
}

const sectionsWith = ({ sections }: Topic, has: (section: TopicSection) => boolean) =>
  sections.filter(has)

function codeOf(topic: Topic, ask: Ask): Part {
  const { languages } = ask
  const known = sectionsWith(topic, (section) => section.languages.length > 0)
  if (!known.length) return { sections: [], missing: [`code for ${topic.name}`] }
  const isThere = (language: string) =>
    known.some((section) => section.languages.includes(language))
  const found = languages.filter(isThere)
  const shown = found.length
    ? found.flatMap(
        (language) => known.find((section) => section.languages.includes(language)) ?? [],
      )
    : [bestOf(known, topic, ask) ?? topic.sections[0]]
  const absent = languages.filter((language) => !isThere(language))
  return {
    sections: shown,
    missing: absent.map((language) => `${topic.name} in ${languageName(language)}`),
  }
}

const languageNames: Record<string, string> = {
  sql: "SQL",
  css: "CSS",
  php: "PHP",
  typescript: "TypeScript",
}
const languageName = (language: string) =>
  languageNames[language] ?? language.charAt(0).toUpperCase() + language.slice(1)

function partOf(topic: Topic, ask: Ask): Part {
  const only = (section: Section) => ({ sections: [section], missing: [] })
  const { kind } = ask
  const isWriting = topic.over.includes("*")
  if (isWriting) return only(topic.sections[0])
  if (kind === "code") return codeOf(topic, ask)
  if (kind === "math") {
    const section = bestOf(
      sectionsWith(topic, ({ hasMath }) => hasMath),
      topic,
      ask,
    )
    return section ? only(section) : { sections: [], missing: [`mathematics of ${topic.name}`] }
  }
  if (kind === "table" || kind === "compare") {
    const own = bestOf(
      sectionsWith(topic, ({ hasTable }) => hasTable),
      topic,
      ask,
    )
    return only(own ?? tableAround(topic) ?? factsTable([topic]))
  }
  return only(bestOf(topic.sections, topic, ask) ?? topic.sections[0])
}

/** The side of a comparison that nothing is known about, when something is about the other. */
function strangeSide(clause: string): string[] {
  const pair =
    /(?:compare|between)\s+(.{2,40}?)\s+(?:and|with|to|vs\.?|versus)\s+([^,.?!;\n]{2,40})/i.exec(
      clause,
    ) ?? /(\S{2,40})\s+(?:vs\.?|versus)\s+([^\s,.?!;]{2,40})/i.exec(clause)
  const sides = pair?.slice(1, 3) ?? []
  return sides.filter((side) => !isThing(side) && !mentionsIn(side).length)
}

function compared(ask: Ask): Part {
  // A clause such as "compare them" names the things by what was said before.
  const names = ask.topics.filter(({ things }) => !things.length).map(({ name }) => name)
  const named = [ask.clause, ...names].join(" ")
  const comparison = comparisonOf(named)
  if (comparison) {
    const { section, topic } = comparison
    const isIn = ({ name }: Topic) => topic.things.some((thing) => thing.name === name)
    const left = ask.topics.filter((other) => other !== topic && !isIn(other))
    return { sections: [section], missing: left.map(({ name }) => `a comparison with ${name}`) }
  }
  if (ask.topics.length > 1) return { sections: [factsTable(ask.topics)], missing: [] }
  const strange = strangeSide(ask.clause)
  const [topic] = ask.topics
  if (!topic) return { sections: [], missing: [ask.clause] }
  const part = partOf(topic, strange.length ? { ...ask, kind: "explain" } : ask)
  return { ...part, missing: strange }
}

const answerTo = (ask: Ask): Part[] =>
  ask.kind === "compare" ? [compared(ask)] : ask.topics.map((topic) => partOf(topic, ask))

/** The topics a short follow-up such as "and in Python?" goes on about. */
function earlierTopics({ text, userTexts }: Question): Topic[] {
  const isFollowUp =
    text.length < 100 &&
    /^(?:and|now|also|then|same|what about|how about|ok\w*|please|show|give)\b|\b(?:it|its|that|this|they|them|their|both)\b/i.test(
      text,
    )
  if (!isFollowUp) return []
  const said = userTexts.slice(0, -1).map((earlier) => mentionsIn(earlier.slice(0, 2_000)))
  return said.findLast((mentions) => mentions.length)?.map(({ topic }) => topic) ?? []
}

/** All that is known about a question, part by part in the order asked; nothing if nothing is. */
export function knownAnswer(question: Question): string | undefined {
  const { asks, strange } = asksIn(question.text, earlierTopics(question))
  const parts = asks.flatMap(answerTo)
  const missing = [...new Set([...parts.flatMap((part) => part.missing), ...strange])]
  const asked = new Set(parts.flatMap((part) => part.sections))
  const sections = asked.size
    ? [...asked]
    : asks.flatMap(({ topics }) => topics[0]?.sections[0] ?? []).slice(0, 1)
  if (!sections.length) return undefined
  const texts = sections.map(({ heading, body }) => `## ${heading}\n\n${body}`)
  if (missing.length) {
    const list = missing.map((text) => `"${excerpt(text, 70)}"`).join(", ")
    texts.push(`*The simulator has nothing prepared on ${list}.*`)
  }
  return texts.join("\n\n")
}
