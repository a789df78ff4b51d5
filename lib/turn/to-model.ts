import "server-only"
import type { ModelMessage } from "ai"
import type { Message, Part } from "../message"
import { plainText } from "../parts"

/** A path of messages as a model is told it. Answers that never came are left out. */
export function toModelMessages(path: { role: Message["role"]; parts: Part[] }[]): ModelMessage[] {
  return path.flatMap(({ role, parts }): ModelMessage[] => {
    const content = withoutTags(plainText(parts))
    return content === "" ? [] : [{ role, content }]
  })
}

// Invisible "tag" characters carry instructions that nobody sees.
function withoutTags(text: string): string {
  return text.replace(/[\u{E0000}-\u{E007F}]/gu, "")
}
