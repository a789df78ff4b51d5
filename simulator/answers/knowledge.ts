import { readdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { readDocument, type Section } from "./document"
import { parseTerms, type Terms } from "./terms"

/** A column of a topic's table, and how it may be called. */
export interface Thing {
  name: string
  terms: Terms
}

export interface TopicSection extends Section {
  hasTable: boolean
  hasMath: boolean
  /** The programming languages of its code. */
  languages: string[]
}

/** Something the simulator knows: its first section answers the plain question. */
export interface Topic {
  id: string
  group: string
  /** As it stands in the middle of a sentence. */
  name: string
  terms: Terms
  things: Thing[]
  /** The topics that are not meant where this one is named too; `*` for all
   * that follow, as what a poem is about. */
  over: string[]
  /** The kinds and languages for which it may stand in as an example. */
  samples: string[]
  facts: Record<string, string>
  sections: [TopicSection, ...TopicSection[]]
}

const fieldsSchema = z.strictObject({
  name: z.string(),
  words: z.string(),
  things: z.string().optional(),
  over: z.string().optional(),
  sample: z.string().optional(),
  is: z.string(),
  number: z.string(),
  mistake: z.string(),
})

const listOf = (text = "") => text.split(/,\s*/).filter(Boolean)

function thingOf(text: string): Thing {
  const [name = ""] = text.split(",")
  return { name: name.trim(), terms: parseTerms(text) }
}

const languageNames: Record<string, string> = { tsx: "typescript" }
const plainFences = ["text", "http"]

function describe(section: Section): TopicSection {
  const fences = [...section.body.matchAll(/^```(\w+)$/gm)].map(([, name = ""]) => name)
  return {
    ...section,
    hasTable: /^\| :?-/m.test(section.body),
    hasMath: section.body.includes("$$"),
    languages: fences
      .filter((name) => !plainFences.includes(name))
      .map((name) => languageNames[name] ?? name),
  }
}

function readTopic(group: string, file: string): Topic {
  const { fields, sections } = readDocument("knowledge", group, file)
  const { name, words, things, over, sample, is, number, mistake } = fieldsSchema.parse(fields)
  const [first, ...rest] = sections.map(describe)
  if (!first) throw new Error(`${group}/${file} needs a section.`)
  return {
    id: file.replace(/\.md$/, ""),
    group,
    name,
    terms: parseTerms(words),
    things: things ? things.split(";").map(thingOf) : [],
    over: listOf(over),
    samples: listOf(sample),
    facts: { "What it is": is, "A number to remember": number, "A common mistake": mistake },
    sections: [first, ...rest],
  }
}

function readTopics(): Topic[] {
  const folder = join(import.meta.dirname, "knowledge")
  return readdirSync(folder)
    .sort()
    .flatMap((group) =>
      readdirSync(join(folder, group))
        .sort()
        .map((file) => readTopic(group, file)),
    )
}

/** All that the simulator knows, read once. */
export const topics = readTopics()
