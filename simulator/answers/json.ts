import type { ChatRequest } from "../chat-request"
import { valueFor } from "./from-schema"
import { excerpt, type Question } from "./question"
import { titleFor } from "./title"

/** The answer as JSON, when the request demands it. */
export function jsonAnswer(
  format: ChatRequest["response_format"],
  question: Question,
): string | undefined {
  if (format?.type === "json_object") {
    return JSON.stringify({
      simulated: true,
      question: excerpt(question.text),
      title: titleFor(question),
    })
  }
  if (format?.type !== "json_schema") return undefined
  return JSON.stringify(valueFor(format.json_schema?.schema ?? {}, question.text))
}
