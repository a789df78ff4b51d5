import { z } from "zod"
import { cutText } from "../base/postgres-text"
import { fitJson, fitToSchema, type Room } from "./fit-to-schema"
import { type Part, partSchema } from "./message"
import { type LogWord, logWordSchema } from "./part-log"

// What models, services, tools and people wrote is brought into the bounds of our own schema before it is
// kept, and reading what was kept never fails: one odd part must not cost anybody a conversation.

/** More than honest answers need, and far below what PostgreSQL and a page can take. */
const partRoom = { chars: 2_000_000, nodes: 200_000 }
const messageRoom = { parts: 1_000, chars: 8_000_000 }

const partJsonSchema = z.toJSONSchema(partSchema)

/** A part in the bounds of its schema, and whether something was left out; null where it is no part at all. */
export function fitPart(part: unknown): { part: Part; isCut: boolean } | null {
  const room: Room = { ...partRoom, isCut: false }
  const fitted = partSchema.safeParse(fitToSchema(partJsonSchema, part, room))
  return fitted.success ? { part: fitted.data, isCut: room.isCut } : null
}

/** Takes the parts of one message for keeping: each in its bounds, all of them within those of a message. */
export function createPartIntake() {
  let parts = 0
  let chars = 0
  const said = new Set<string>()
  const note = (sentence: string): Part[] => {
    if (said.has(sentence)) return []
    said.add(sentence)
    return [{ type: "data", label: "Not kept", value: [sentence] }]
  }
  return {
    /** The part to keep, then what is to be said of what was left out. */
    take(part: unknown): Part[] {
      const fitted = fitPart(part) ?? { part: unreadable(part), isCut: false }
      const size = sizeOf(fitted.part)
      if (parts >= messageRoom.parts || chars + size > messageRoom.chars) return note(tooMuch)
      parts += 1
      chars += size
      return [fitted.part, ...(fitted.isCut ? note(cutWords(fitted.part)) : [])]
    },
  }
}

/** Parts for keeping, all at once. */
export function toStoredParts(parts: readonly unknown[]): Part[] {
  const intake = createPartIntake()
  return parts.flatMap((part) => intake.take(part))
}

const tooMuch = "The rest of this answer was more than a message holds and was not kept."

function cutWords({ type }: Part): string {
  switch (type) {
    case "tool-call":
      return "What the model asked of a tool was too large to keep. It is shown cut."
    case "tool-result":
      return "What a tool answered was too large to keep. It is shown cut."
    case "sources":
      return "There were more sources than a message holds. Only the first ones were kept."
    default:
      return "Part of this answer was too large to keep. It is shown cut."
  }
}

/** About how many characters a part takes. */
function sizeOf(part: Part): number {
  return "text" in part ? part.text.length : JSON.stringify(part).length
}

/** What was kept of a message. Never throws: what is no part of ours is shown as such. */
export function readParts(json: unknown): Part[] {
  const list = Array.isArray(json) ? json : [json]
  return list.map((entry) => partFrom(entry))
}

function partFrom(json: unknown): Part {
  return safely(() => partSchema.parse(json)) ?? fitPart(json)?.part ?? unreadable(json)
}

/** What was kept of a log. Never throws: words that cannot be read are shown as such. */
export function readWords(json: unknown): LogWord[] {
  const list = Array.isArray(json) ? json : [json]
  return list.map((entry): LogWord => {
    const word = safely(() => logWordSchema.parse(entry))
    if (word) return word
    return ["p", partFrom(Array.isArray(entry) && entry[0] === "p" ? entry[1] : entry)]
  })
}

function unreadable(json: unknown): Part {
  const whole = safely(() => JSON.stringify(json))
  const raw = whole ?? JSON.stringify(fitJson(json, { ...partRoom, isCut: false }))
  return { type: "unreadable", raw: cutText(raw, partRoom.chars) }
}

/** What is nested deeply makes parsers and serializers run out of stack, which is thrown and no defect. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
