import { expect, test } from "@playwright/test"
import { type Part, partSchema } from "./message"
import { fold, toLog } from "./part-log"
import { createPartIntake, fitPart, readParts, readWords, toStoredParts } from "./stored-parts"

/** A JSON value nested so deeply that parsers and serializers overflow the stack. */
function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

test("what a model writes beyond our bounds is cut and said, not refused", () => {
  const sources = Array.from({ length: 101 }, (_, n) => ({
    url: `https://a.example/${n}`,
    title: "",
  }))
  const kept = toStoredParts([
    { type: "tool-call", callId: "c".repeat(201), name: "n".repeat(101), input: nested(2_500) },
    { type: "tool-result", callId: "c".repeat(201), output: null, error: null, durationMs: 1.5 },
    { type: "sources", sources },
  ])
  expect(kept.map(({ type }) => type)).toEqual([
    "tool-call",
    "data",
    "tool-result",
    "data",
    "sources",
    "data",
  ])
  const [call, , result, , cited] = kept
  expect(call).toMatchObject({ callId: "c".repeat(200), name: "n".repeat(100) })
  expect(result).toMatchObject({ callId: "c".repeat(200), durationMs: 2 })
  expect(cited?.type === "sources" && cited.sources).toHaveLength(100)
  expect(kept.flatMap((part) => (part.type === "data" ? part.value : []))).toEqual([
    "What the model asked of a tool was too large to keep. It is shown cut.",
    "What a tool answered was too large to keep. It is shown cut.",
    "There were more sources than a message holds. Only the first ones were kept.",
  ])
  expect(readParts(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
})

test("what is within the bounds stays as it is", () => {
  const parts: Part[] = [
    { type: "text", text: "one 🙂" },
    { type: "reasoning", text: "two", durationMs: 3.5 },
    { type: "data", label: "Numbers", value: { a: [1.5, null, { b: true }], "": "" } },
    { type: "tool-result", callId: "c", output: { x: [] }, error: null, durationMs: 4 },
    {
      type: "card",
      card: { kind: "map", url: "https://a.example", latitude: -1.25, longitude: 180 },
    },
  ]
  expect(toStoredParts(parts)).toEqual(parts)
})

test("a message holds so many parts and characters, and says so once", () => {
  const intake = createPartIntake()
  const many = Array.from({ length: 1_200 }, () => intake.take({ type: "text", text: "x" })).flat()
  expect(many).toHaveLength(1_001)
  const large = toStoredParts(
    Array(20).fill({ type: "data", label: "", value: "x".repeat(900_000) }),
  )
  expect(large.filter(({ type }) => type === "data")).toHaveLength(9)
  expect(large.at(-1)).toMatchObject({ label: "Not kept" })
})

test("what was kept and fits no part is shown as such, with what it is", () => {
  const parts = readParts([
    { type: "hologram", x: 1 },
    "words",
    null,
    { type: "text" },
    { type: "text", text: "here" },
  ])
  expect(parts.map(({ type }) => type)).toEqual([
    ...["unreadable", "unreadable", "unreadable", "unreadable", "text"],
  ])
  expect(parts[0]).toEqual({ type: "unreadable", raw: '{"type":"hologram","x":1}' })
  expect(readParts({ not: "a list" })).toEqual([{ type: "unreadable", raw: '{"not":"a list"}' }])
})

test("a conversation that was kept beyond the bounds opens again", () => {
  const call = {
    type: "tool-call",
    callId: "c".repeat(300),
    name: "n".repeat(300),
    input: nested(3_000),
  }
  const [read] = readParts([call])
  expect(read).toMatchObject({ type: "tool-call", name: "n".repeat(100) })
  expect(readParts([{ type: "hologram", value: nested(20_000) }])[0]?.type).toBe("unreadable")
})

test("a log with words that cannot be read gives the others", () => {
  const words = readWords([["t", "a"], ["p", { type: "hologram" }], ["q"], 7, ["t", "b"]])
  expect(fold([], words).map(({ type }) => type)).toEqual([
    ...["text", "unreadable", "unreadable", "unreadable", "text"],
  ])
})

test("ten thousand random and hostile parts are kept and read back as they were kept", {
  tag: "@whole",
}, () => {
  const random = generator(20_261_201)
  for (let round = 0; round < 10_000; round++) {
    const given = hostilePart(random)
    const kept = toStoredParts([given])
    const json = JSON.stringify(kept)
    const stored: unknown = JSON.parse(json)
    const log: unknown = JSON.parse(JSON.stringify(toLog(kept)))
    const seen = {
      // PostgreSQL rejects U+0000 and lone surrogates.
      isRefused: !json.isWellFormed() || /(?<!\\)(?:\\\\)*\\u0000/.test(json),
      areParts: kept.every((part) => partSchema.safeParse(part).success),
      isReadBack: JSON.stringify(readParts(stored)) === json,
      isReadFromLog: JSON.stringify(fold([], readWords(log))) === json,
      // As when a log is rewritten.
      isKeptAgain: JSON.stringify(kept.map((part) => fitPart(part)?.part)) === json,
      // As stored by an earlier version without these bounds.
      isReadRaw: readParts([given]).length === 1,
    }
    if (Object.entries(seen).some(([name, is]) => is === (name === "isRefused"))) {
      expect({ round, ...seen }).toBeNull()
    }
  }
})

type Random = { below(limit: number): number; pick<T>(list: readonly T[]): T }

function generator(seed: number): Random {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  // The list is never empty.
  return { below, pick: <T>(list: readonly T[]) => list[below(list.length)] as T }
}

const oddTexts = [
  "",
  "\u0000",
  "\ud800",
  "🙂".repeat(101),
  "x".repeat(2_001),
  "__proto__",
  "\u202e",
  "a\u0000b",
]
const oddNumbers = [0, -1, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0]

function hostileJson(random: Random, depth = 0): unknown {
  switch (random.below(depth > 4 ? 4 : 8)) {
    case 0:
      return random.pick(oddTexts)
    case 1:
      return random.pick(oddNumbers)
    case 2:
      return random.pick([null, true, undefined])
    case 3:
      return random.below(3_000) === 0 ? nested(1_000 + random.below(4_000)) : "plain"
    case 4:
      return Array.from({ length: random.below(4) }, () => hostileJson(random, depth + 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          random.pick([...oddTexts, "a", "url", "title", "kind"]),
          hostileJson(random, depth + 1),
        ]),
      )
  }
}

const partTypes = partSchema.options.map((option) => option.shape.type.value)
const cardKinds = ["pictures", "films", "weather", "map", "knowledge", "questions", "hologram"]
const members =
  "text durationMs fileId name mediaType sizeBytes width height label value callId input output error sources card generationId raw isDeleted"

/** A part of any type with valid, odd, missing or extra members. */
function hostilePart(random: Random): unknown {
  if (random.below(50) === 0) return hostileJson(random)
  const part: Record<string, unknown> = { type: random.pick([...partTypes, "hologram"]) }
  for (const name of members.split(" ")) {
    if (random.below(4) > 0) part[name] = memberFor(random, name)
  }
  return part
}

function memberFor(random: Random, name: string): unknown {
  if (random.below(3) === 0) return hostileJson(random)
  switch (name) {
    case "sources":
      return Array.from({ length: random.below(random.pick([3, 3, 3, 3, 130])) }, () => ({
        url: random.pick(["https://a.example", ...oddTexts]),
        title: random.pick(oddTexts),
        ...(random.below(2) && { date: hostileJson(random, 4) }),
      }))
    case "card":
      return {
        kind: random.pick(cardKinds),
        items: Array.from({ length: random.below(random.pick([3, 3, 60])) }, () => ({
          url: "u",
          title: "t",
        })),
        ...{
          title: "t",
          place: "p",
          temperature: "1",
          facts: [{ label: "l", value: "v" }],
          days: [],
        },
        ...{ url: random.pick(oddTexts), latitude: random.pick(oddNumbers) },
      }
    case "durationMs":
    case "sizeBytes":
    case "width":
    case "height":
      return random.pick([12, ...oddNumbers])
    case "fileId":
    case "generationId":
      return "a".repeat(16)
    case "error":
      return random.pick([null, ...oddTexts])
    default:
      return random.pick(["words", "n".repeat(100), ...oddTexts])
  }
}
