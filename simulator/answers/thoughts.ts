import { pick } from "../random"
import { excerpt, keywords, type Question } from "./question"

/** What a reasoning model would be seen to think before it answers. */
export function thoughtsAbout(question: Question): string {
  const { text, seed, messageCount } = question
  const words = keywords(text, 3)
  const about = words.length ? words.map((word) => `"${word}"`).join(", ") : "nothing very specific"
  const context =
    messageCount > 1
      ? `There are ${messageCount} messages so far, so I should check that this is not a follow-up to something earlier.`
      : "This is the first message, so there is no context beyond the words themselves."
  return pick(seed, [
    `The person writes: "${excerpt(text, 80)}". The words that matter are ${about}. ${context}\n\nI could answer at once, but first: what would make the answer wrong? Mostly pretending to know more than I do, since I am standing in for the real model. So I will say that in a line, and then give something that holds up: one clear structure, one concrete example, nothing invented.\n\nThat settles it. Short paragraphs, the example in the middle.`,
    `Let me take this slowly. "${excerpt(text, 80)}" turns on ${about}. ${context}\n\nTwo ways to go: explain the general idea, or show a case. A case can be checked by the reader, so it wins. I should keep the explanation to what the case needs.\n\nWait, I should also be open about being a simulator. One sentence at the top will do. Now the answer.`,
  ])
}
