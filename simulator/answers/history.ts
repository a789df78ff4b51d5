import { phrase } from "./phrases"
import { excerpt, type Question } from "./question"

/** What the simulator can tell of the conversation, which proves that all of it was sent. */
export function historyAnswer(question: Question): string {
  if (question.language !== "english") return phrase("History", question)
  const { messageCount, userTexts, systemText } = question
  const [first = ""] = userTexts
  const earlier = userTexts.slice(0, -1)
  const list = earlier
    .slice(-8)
    .map((text, index) => `${Math.max(0, earlier.length - 8) + index + 1}. "${excerpt(text, 100)}"`)
    .join("\n")
  const told = earlier.length
    ? `Your first question was:

> ${excerpt(first, 300)}

Before the one I am answering you asked, in this order:

${list}`
    : "This is the first message, so there is nothing to look back on yet. Ask something else first, and then ask me again."
  return `## What I have in front of me

This conversation has **${messageCount} ${messageCount === 1 ? "message" : "messages"}**, ${userTexts.length} of them yours, the one I am answering included.${systemText ? ` There are also instructions of ${systemText.length} characters that came before everything else.` : ""}

${told}

A model has no memory between two calls. Whatever it "remembers" is sent along again each time, which is why this works, and why long conversations cost more.`
}
