import type { Section } from "./document"
import { type Thing, type Topic, topics } from "./knowledge"
import { findTerms } from "./terms"

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "a, b and c", as a heading begins. */
const headingOf = (names: string[]) =>
  capitalized(names.join(", ").replace(/, ([^,]*)$/, " and $1"))

/** The things of a topic that a text names, in the order of the text. */
function thingsNamed(topic: Topic, text: string): Thing[] {
  return topic.things
    .flatMap((thing) => {
      const span = findTerms(thing.terms, text)
      return span ? { thing, start: span.start } : []
    })
    .sort((left, right) => left.start - right.start)
    .map(({ thing }) => thing)
}

const cellsOf = (row: string) =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())

/** The table of a section with only the columns of these things, and only their remarks. */
function reduced(body: string, all: Thing[], chosen: Thing[]): string {
  const lines = body.split("\n")
  const header = cellsOf(lines.find((line) => line.startsWith("|")) ?? "")
  const columnOf = ({ name }: Thing) =>
    header.findIndex((cell) => cell.toLowerCase() === name.toLowerCase())
  const columns = [0, ...chosen.map(columnOf)]
  const isRemarkOnOther = (line: string) => {
    const [, name] = /^- \*\*(.+?)\*\*/.exec(line) ?? []
    const isNamed = ({ name: other }: Thing) => other.toLowerCase() === name?.toLowerCase()
    return all.some(isNamed) && !chosen.some(isNamed)
  }
  return lines
    .filter((line) => !isRemarkOnOther(line))
    .map((line) => {
      if (!line.startsWith("|")) return line
      const cells = cellsOf(line)
      return `| ${columns.map((column) => cells[column] ?? "").join(" | ")} |`
    })
    .join("\n")
}

/** The facts of some topics beside each other, for want of a table made for them. */
export function factsTable(compared: Topic[]): Section {
  const names = compared.map(({ name }) => name)
  const rows = Object.keys(compared[0]?.facts ?? {}).map(
    (label) => `| ${label} | ${compared.map(({ facts }) => facts[label] ?? "").join(" | ")} |`,
  )
  return {
    heading: compared.length > 1 ? `${headingOf(names)} side by side` : headingOf(names),
    body: [
      `| | ${names.map(capitalized).join(" | ")} |`,
      `| :-- |${" :-- |".repeat(names.length)}`,
      ...rows,
    ].join("\n"),
  }
}

/** The comparison of things that a text names and that stand in one table, if there is one. */
export function comparisonOf(text: string): { section: Section; topic: Topic } | undefined {
  const [best] = topics
    .map((topic) => ({ topic, chosen: thingsNamed(topic, text) }))
    .filter(({ chosen }) => chosen.length > 1)
    .sort((left, right) => right.chosen.length - left.chosen.length)
  if (!best) return undefined
  const { topic, chosen } = best
  const [section] = topic.sections
  if (chosen.length === topic.things.length) return { section, topic }
  const part = {
    heading: `${headingOf(chosen.map(({ name }) => name))} side by side`,
    body: reduced(section.body, topic.things, chosen),
  }
  return { section: part, topic }
}

/** The table in which a topic is one of the columns. */
export function tableAround({ name }: Topic): Section | undefined {
  return topics.find(({ things }) => things.some((thing) => thing.name === name))?.sections[0]
}

/** Whether anything is known by a name. */
export const isThing = (text: string) =>
  topics.some(({ things }) => things.some(({ terms }) => findTerms(terms, text)))
