import type { Model } from "../catalogue"
import { attachmentsOf, type ChatRequest, lastUserText, textOf } from "../chat-request"
import { type Language, languageOf } from "./language"
import type { Web } from "./web"

/** What an answer is made from. */
export interface Question {
  text: string
  language: Language
  modelName: string
  /** Grows every choice an answer makes, so that equal questions get equal answers. */
  seed: string
  messageCount: number
  userTexts: string[]
  systemText: string
  attachments: string[]
  toolResult?: string
  /** Where a model that searches looked. */
  web?: Web
}

/** The question a request asks, seen from its last message. */
export function questionFrom(request: ChatRequest, model: Model, web?: Web): Question {
  const { messages } = request
  const text = lastUserText(messages)
  const systemTexts = messages
    .filter((message) => message.role === "system" || message.role === "developer")
    .map((message) => textOf(message.content))
  const last = messages.at(-1)
  const lastUser = messages.findLast((message) => message.role === "user")
  return {
    text,
    language: languageOf(text),
    modelName: model.info.name,
    seed: `${model.id}\n${text}`,
    messageCount: messages.filter(({ role }) => role === "user" || role === "assistant").length,
    userTexts: messages
      .filter((message) => message.role === "user")
      .map((message) => textOf(message.content)),
    systemText: [textOf(request.system), ...systemTexts].filter(Boolean).join("\n"),
    attachments: lastUser ? attachmentsOf(lastUser) : [],
    ...(last?.role === "tool" && { toolResult: textOf(last.content) }),
    ...(web && { web }),
  }
}

/** The start of a text on one line, fit to be quoted. */
export function excerpt(text: string, longest = 120): string {
  const line = text.replace(/\s+/g, " ").trim()
  const characters = [...line]
  return characters.length > longest ? `${characters.slice(0, longest).join("").trimEnd()}…` : line
}

const commonWords = new Set(
  "about after again also and are because been before being between both but can could does doing each explain for from give have help her his how into its just like make many more most much need not now one only other our out over please same should some such tell than that the their them then there these they this those through too under until use very want was were what when where which while who why will with without would write you your".split(
    " ",
  ),
)

/** The words that carry a text, in order, each once. */
export function keywords(text: string, most: number): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]+/gu) ?? []
  const telling = words.filter((word) => word.length > 2 && !commonWords.has(word.toLowerCase()))
  const seen = new Set<string>()
  return telling
    .filter((word) => {
      const key = word.toLowerCase()
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .slice(0, most)
}
