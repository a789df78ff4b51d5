import { z } from "zod"
import { cutText } from "../base/postgres-text"
import { fitJson, fitToSchema, type Room } from "./fit-to-schema"
import { type Part, partSchema } from "./message"
import { type LogWord, logWordSchema } from "./part-log"

// Content from models, services, tools and people is fitted to our schema before it is stored, and reading never
// fails: one malformed part must not make a conversation unreadable.

/** More than legitimate answers need, and far below the limits of PostgreSQL and of a page. */
const partRoom = { chars: 2_000_000, nodes: 200_000 }
const messageRoom = { parts: 1_000, chars: 8_000_000 }

const partJsonSchema = z.toJSONSchema(partSchema)

/** A part fitted to its schema and whether something was dropped; null if it is not a part at all. */
export function fitPart(part: unknown): { part: Part; isCut: boolean } | null {
  const room: Room = { ...partRoom, isCut: false }
  const fitted = partSchema.safeParse(fitToSchema(partJsonSchema, part, room))
  return fitted.success ? { part: fitted.data, isCut: room.isCut } : null
}

/** Collects the parts of one message for storage, bounding each part and the total size. */
export function createPartIntake() {
  let parts = 0
  let chars = 0
  const noted = new Set<string>()
  const note = (sentence: string): Part[] => {
    if (noted.has(sentence)) return []
    noted.add(sentence)
    return [{ type: "data", label: "Not kept", value: [sentence] }]
  }
  return {
    /** The part to store, followed by a note about anything dropped. */
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

/** Fits all parts of a message for storage. */
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

/** Approximate size of a part in characters. */
function sizeOf(part: Part): number {
  return "text" in part ? part.text.length : JSON.stringify(part).length
}

/** Parses stored parts. Never throws; an unrecognized part becomes `unreadable`. */
export function readParts(json: unknown): Part[] {
  const list = Array.isArray(json) ? json : [json]
  return list.map((entry) => partFrom(entry))
}

function partFrom(json: unknown): Part {
  return safely(() => partSchema.parse(json)) ?? fitPart(json)?.part ?? unreadable(json)
}

/** Parses a stored log. Never throws; an unrecognized entry becomes an `unreadable` part. */
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

/**
 * Deeply nested values overflow the stack of parsers and serializers; that RangeError is treated as invalid input.
 */
function safely<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
