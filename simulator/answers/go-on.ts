import { type ChatRequest, textOf } from "../chat-request"

/**
 * The rest of a cut answer, where the last message asks to go on with it: what `whole` gives for the
 * request before, without the part that was said already. Undefined for any other request.
 */
export function restOfAnswer(
  request: ChatRequest,
  whole: (before: ChatRequest) => string,
): string | undefined {
  const [said, asked] = request.messages.slice(-2)
  if (said?.role !== "assistant" || asked?.role !== "user") return undefined
  const words = textOf(asked.content)
  if (words.length > 400 || !/\b(?:go on|continue|carry on|keep going)\b/i.test(words))
    return undefined
  const begun = textOf(said.content)
  const text = whole({ ...request, messages: request.messages.slice(0, -2) })
  // What was sent may have lost the blanks at its end.
  const start = text.startsWith(begun) ? begun : begun.trimEnd()
  return start !== "" && text.startsWith(start) ? text.slice(start.length) : undefined
}
