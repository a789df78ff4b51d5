import { excerpt, keywords, type Question } from "./question"

/** True when a title for a conversation is wanted rather than an answer. */
export function wantsTitle({ text, systemText }: Question): boolean {
  const asks =
    /\b(write|generate|give|create|suggest|find|name)\b[^.]{0,60}\btitle\b|\btitle (for|of) (this|the)\b/i
  return asks.test(systemText) || (/conversation|chat|message/i.test(text) && asks.test(text))
}

/** A short title made of the words that carry the question. */
export function titleFor({ text }: Question): string {
  // What is to be titled usually stands last, after the instruction.
  const subject = text.split(/\n{2,}|(?:user|message|conversation)\s*:/i).at(-1) ?? text
  const title = keywords(subject, 5).join(" ") || excerpt(subject, 40) || "New conversation"
  return title.charAt(0).toUpperCase() + title.slice(1)
}
