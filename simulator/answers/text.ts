import { calculation } from "./calculate"
import { fill } from "./document"
import { historyAnswer } from "./history"
import { longAnswer } from "./long"
import { knownAnswer } from "./parts"
import { isOnly, nativeAnswer, phrase, speaksOf } from "./phrases"
import { keywords, type Question } from "./question"
import { sampleAnswer } from "./sample"
import { titleFor, wantsTitle } from "./title"
import { toolReport } from "./tool-report"
import { translationAnswer } from "./translation"
import { pagesFound, withMarks } from "./web"

const wantsLength =
  /\b(?:very |really )?long (?:answer|text|essay|reply|response|explanation|article|version)|\bin (?:great )?(?:depth|detail)\b|2,?000 (?:tokens|words)|\bessay\b/i

/** What a story or a poem is to be about. */
function wordOf(text: string): string {
  const [, named] =
    /\b(?:about|regarding|on|über|sobre|sur)\s+(?:(?:an?|the|my|our|your)\s+)?([^,.;:?!\n]{2,40}?)(?=\s+(?:and|with|in|for)\b|[,.;:?!\n]|$)/i.exec(
      text,
    ) ?? []
  const task = /\b(?:story|poem|tell|short|rhyme|draft|e-?mail|send|letter|create|compose)\b/gi
  return named ?? keywords(text.replace(task, ""), 1)[0] ?? "rain"
}

/** What was prepared in English, said so to those who asked in another language. */
function prepared(question: Question): string | undefined {
  const text = knownAnswer(question) ?? translationAnswer(question) ?? sampleAnswer(question)
  if (text === undefined || question.language === "english") return text
  return `${phrase("English", question)}\n\n${text}`
}

/** Enough of a question to know what it asks, however much was pasted into it. */
function gist(text: string): string {
  return text.length > 2_000 ? `${text.slice(0, 1_000)}\n${text.slice(-1_000)}` : text
}

function body(question: Question): string {
  const { text, web } = question
  if (question.toolResult !== undefined) return toolReport(question.toolResult)
  if (speaksOf("history", question)) return historyAnswer(question)
  if (wantsLength.test(text)) return longAnswer(question)
  const worked = calculation(text)
  if (worked) return worked
  const known = nativeAnswer(question) ?? prepared(question)
  if (known) return web ? withMarks(known, web) : known
  if (isOnly("greeting", question)) return phrase("Greeting", question)
  if (isOnly("thanks", question)) return phrase("Thanks", question)
  return web ? pagesFound(web) : phrase("Unknown", question)
}

/** The whole text of an answer. */
export function answerText(question: Question): string {
  const repeated = /repeat exactly:\s?([\s\S]*)$/i.exec(question.text)?.[1]
  if (repeated !== undefined) return repeated
  if (wantsTitle(question)) return titleFor(question)
  const attached = question.attachments.length
    ? `Your message came with ${question.attachments.join(", ")}. The simulator cannot look inside, but it arrived whole.`
    : undefined
  const short = { ...question, text: gist(question.text) }
  const word = wordOf(short.text)
  const Word = word.charAt(0).toUpperCase() + word.slice(1)
  return [phrase("Note", question), attached, fill(body(short), { word, Word })]
    .filter(Boolean)
    .join("\n\n")
}
