import { pick } from "../random"
import { kindsIn, languagesIn, subjectWords } from "./asks"
import { type Topic, type TopicSection, topics } from "./knowledge"
import type { Question } from "./question"

const introductions = {
  code: "The simulator cannot write new code. It keeps programs that were tried out, in Python, TypeScript, Go, Rust, SQL and Bash, and this is one of them.",
  math: "The simulator has no mathematics made to measure. This piece it can show in full.",
  table: "You left the subject open. Here is a table in which every cell is true.",
}

interface Sample {
  kind: keyof typeof introductions
  name: string
  fits: (section: TopicSection) => boolean
}

function wanted({ text }: Question): Sample | undefined {
  const [language] = languagesIn(text).filter((name) => samplesFor(name).length)
  const kinds = kindsIn(text)
  if (kinds.includes("compare")) return undefined
  if (kinds.includes("code")) {
    const name = language ?? "code"
    return {
      kind: "code",
      name,
      fits: ({ languages }) => languages.length > 0 && (!language || languages.includes(language)),
    }
  }
  // A table or a proof of something that is not known would only pretend.
  if (subjectWords(text).length > 1) return undefined
  if (kinds.includes("math")) return { kind: "math", name: "math", fits: ({ hasMath }) => hasMath }
  if (kinds.includes("table")) {
    return { kind: "table", name: "table", fits: ({ hasTable }) => hasTable }
  }
  return undefined
}

const samplesFor = (name: string) => topics.filter(({ samples }) => samples.includes(name))

/** An example of the kind that is asked for, when only the kind is known. */
export function sampleAnswer(question: Question): string | undefined {
  const sample = wanted(question)
  if (!sample) return undefined
  const [first, ...rest] = samplesFor(sample.name)
  if (!first) return undefined
  const topic: Topic = pick(question.seed, [first, ...rest])
  const section = topic.sections.find(sample.fits) ?? topic.sections[0]
  return `${introductions[sample.kind]}\n\n## ${section.heading}\n\n${section.body}`
}
