import { type Topic, topics } from "./knowledge"
import { findTerms, type Span } from "./terms"

export interface Mention extends Span {
  topic: Topic
}

/** Whether a longer mention covers this one, as "merge sort" covers "merge". */
const isCovered = (mention: Mention, all: Mention[]) =>
  all.some(
    (other) =>
      !mention.topic.over.includes(other.topic.id) &&
      other.start <= mention.start &&
      other.end >= mention.end &&
      other.end - other.start > mention.end - mention.start,
  )

/** Whether something else is meant: a poem about the sea is a poem. */
const yields = ({ topic, start }: Mention, all: Mention[]) =>
  all.some(
    ({ topic: other, start: otherStart }) =>
      other.over.includes(topic.id) ||
      (other.over.includes("*") && !topic.over.includes("*") && otherStart < start),
  )

/** The topics a text speaks of, in its order. */
export function mentionsIn(text: string): Mention[] {
  const found = topics.flatMap((topic) => {
    const span = findTerms(topic.terms, text)
    return span ? { topic, ...span } : []
  })
  const visible = found.filter((mention) => !isCovered(mention, found))
  return visible
    .filter((mention) => !yields(mention, visible))
    .sort((left, right) => left.start - right.start)
}

/** A text without the mentions, so that their words are not taken for something else. */
export function withoutMentions(text: string, mentions: Mention[]): string {
  return mentions
    .toSorted((left, right) => right.start - left.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
}
