import { tokenize } from "../tokens"
import { type Topic, topics } from "./knowledge"
import { mentionsIn } from "./mentions"
import type { Question } from "./question"

const longEnoughTokens = 1_800

const sectionsOf = ({ sections }: Topic) =>
  sections.map(({ heading, body }) => `## ${heading}\n\n${body}`)

/** The other topics of a group, beginning after this one. */
function neighboursOf(topic: Topic): Topic[] {
  const group = topics.filter((other) => other.group === topic.group)
  const at = group.indexOf(topic)
  return [...group.slice(at + 1), ...group.slice(0, at)]
}

/** The texts up to the one with which they are long enough. */
function untilLong(texts: string[]): string[] {
  let tokens = 0
  return texts.filter((text) => {
    const isNeeded = tokens < longEnoughTokens
    if (isNeeded) tokens += tokenize(text).length
    return isNeeded
  })
}

function named(id: string): Topic {
  const topic = topics.find((other) => other.id === id)
  if (!topic) throw new Error(`There is no topic ${id}.`)
  return topic
}

const guide = () =>
  [
    "You wanted length, so here is a small guide to what goes on while an answer like this one grows. It has headings, lists, tables, code and mathematics.",
    ...["live-data", "stream-reader", "language-models"].flatMap((id) => sectionsOf(named(id))),
  ].join("\n\n")

/** Everything about the topics of a question; for a long answer their neighbours too. */
export function longAnswer({ text }: Question): string {
  const known = mentionsIn(text).map(({ topic }) => topic)
  const [first] = known
  if (!first) return guide()
  const own = known.flatMap(sectionsOf)
  if (/\bin (?:great )?(?:depth|detail)\b/i.test(text)) return own.join("\n\n")
  const neighbours = neighboursOf(first).filter((topic) => !known.includes(topic))
  const more = untilLong([own.join("\n\n"), ...neighbours.flatMap(sectionsOf)]).slice(1)
  const bridge = `That is all the simulator keeps on ${known.map(({ name }) => name).join(" and ")}. You asked for length, so here is what stands beside it on the shelf.`
  return [...own, ...(more.length ? [bridge, ...more] : [])].join("\n\n")
}
