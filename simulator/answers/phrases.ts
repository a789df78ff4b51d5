import { hash } from "../random"
import { fill, readDocument } from "./document"
import { type Language, languages } from "./language"
import { excerpt, type Question } from "./question"
import { findTerms, parseTerms } from "./terms"

const phrases = new Map(languages.map((name) => [name, readDocument("phrases", `${name}.md`)]))

function documentOf(language: Language) {
  const document = phrases.get(language)
  if (!document) throw new Error(`There are no phrases in ${language}.`)
  return document
}

/** Four of the questions that get a good answer, others for other questions. */
function suggestions(seed: string): string {
  const list = documentOf("english").sections.find(({ heading }) => heading === "Suggestions")
  const lines = list?.body.split("\n") ?? []
  const start = hash(seed)
  return [0, 3, 7, 10].map((step) => lines[(start + step) % lines.length] ?? "").join("\n")
}

/** A passage in the language of the question, by the name of its heading. */
export function phrase(name: string, question: Question): string {
  const variants = documentOf(question.language).sections.filter(({ heading }) => heading === name)
  const { body = "" } = variants[hash(question.seed) % variants.length] ?? {}
  return fill(body, {
    model: question.modelName,
    question: excerpt(question.text, 80),
    count: String(question.messageCount),
    first: excerpt(question.userTexts[0] ?? "", 300),
    suggestions: suggestions(question.seed),
  })
}

/** Whether the question has one of the words under which the phrases list something. */
export function speaksOf(name: string, { language, text }: Question): boolean {
  const { fields } = documentOf(language)
  return findTerms(parseTerms(fields[name]), text) !== undefined
}

/** Whether the question is hardly more than such a word. */
export function isOnly(name: string, question: Question): boolean {
  const { fields } = documentOf(question.language)
  const text = question.text.trim()
  const span = findTerms(parseTerms(fields[name]), text)
  return span !== undefined && span.start === 0 && text.length - span.end < 25
}

/** What the simulator knows in the language of the question, where that is not English. */
export function nativeAnswer(question: Question): string | undefined {
  const { fields, sections } = documentOf(question.language)
  for (const { heading, body } of sections) {
    const [, name, title] = /^(\w+): (.+)$/.exec(heading) ?? []
    if (name && findTerms(parseTerms(fields[name.toLowerCase()]), question.text)) {
      return `## ${title}\n\n${body}`
    }
  }
  return undefined
}
