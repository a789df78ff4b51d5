import { createLineReader } from "../lines"
import type { Words } from "../words"

/**
 * A stream of chat for the SDK in which all that is said in a row is one chunk, while each word goes to
 * `words` as it comes. Whatever is more than words passes as it is.
 */
export function bypass(body: ReadableStream<Uint8Array>, words: Words): ReadableStream<Uint8Array> {
  const lines = createLineReader(body)
  const encoder = new TextEncoder()
  const joined = createJoined()
  let isFirst = true
  words.begin()
  return new ReadableStream<Uint8Array>({
    // Until there is something for the SDK: words alone are not.
    async pull(controller) {
      const send = (line: string) => controller.enqueue(encoder.encode(`${line}\n\n`))
      for (;;) {
        const batch = await lines.next()
        if (batch === null) {
          const rest = joined.take()
          if (rest !== null) send(rest)
          return controller.close()
        }
        let hasSent = false
        for (const line of batch) {
          const isEnd = line === "data: [DONE]"
          const chunk = line.startsWith("data:") && !isEnd ? readChunk(line.slice(5)) : null
          if (chunk === null && (line === "" || line.startsWith(":"))) continue
          for (const word of chunk?.said ?? []) if (word.delta !== "") words.say(word)
          // The first one brings the ids.
          if (chunk?.isPlain && !isFirst && joined.add(chunk)) continue
          const before = joined.take()
          if (before !== null) send(before)
          if (chunk?.isPlain && !isFirst) joined.add(chunk)
          else send(line)
          isFirst = false
          hasSent = true
        }
        if (hasSent) return
      }
    },
    cancel: (reason) => lines.cancel(reason),
  })
}

type Chunk = {
  value: Record<string, unknown>
  said: { type: "text" | "reasoning"; delta: string }[]
  /** Nothing is in it but words of one kind. */
  isPlain: boolean
}

const plainMembers = new Set(
  ["id", "object", "created", "model", "choices", "usage", "obfuscation", "service_tier"].concat([
    "system_fingerprint",
    "provider",
  ]),
)
const plainDelta = new Set([
  "role",
  "content",
  "refusal",
  "reasoning_content",
  "reasoning",
  "reasoning_details",
])
const plainChoice = new Set(["index", "delta", "finish_reason", "logprobs", "native_finish_reason"])

/** Reads a chunk; null for what is no JSON object, which the SDK may judge. */
function readChunk(json: string): Chunk | null {
  const value = parse(json)
  if (!value) return null
  const choices = Array.isArray(value.choices) ? value.choices : []
  const choice = asRecord(choices[0])
  const delta = asRecord(choice?.delta)
  const said = delta ? wordsIn(delta) : []
  const isPlain =
    choices.length === 1 &&
    said.length === 1 &&
    hasOnly(value, plainMembers) &&
    hasOnly(choice ?? {}, plainChoice) &&
    hasOnly(delta ?? {}, plainDelta) &&
    value.usage == null &&
    choice?.finish_reason == null &&
    delta?.refusal == null
  return { value, said, isPlain }
}

// The vendor's models have three names for what they think; the first that says something counts.
function wordsIn(delta: Record<string, unknown>): Chunk["said"] {
  const thought = text(delta.reasoning_content) || text(delta.reasoning) || details(delta)
  const content = text(delta.content)
  const said: Chunk["said"] = []
  if (thought !== "") said.push({ type: "reasoning", delta: thought })
  if (content !== "") said.push({ type: "text", delta: content })
  return said
}

function details({ reasoning_details: list }: Record<string, unknown>): string {
  if (!Array.isArray(list)) return ""
  return list.map((entry) => text(asRecord(entry)?.text) || text(asRecord(entry)?.summary)).join("")
}

/** Chunks of one kind in a row, as one. */
function createJoined() {
  let template: Record<string, unknown> | null = null
  let type: "text" | "reasoning" = "text"
  let pieces: string[] = []
  return {
    /** False when it does not belong to what is there. */
    add({ value, said: [word] }: Chunk): boolean {
      if (!word || (template && word.type !== type)) return false
      template ??= value
      type = word.type
      pieces.push(word.delta)
      return true
    },
    /** All of it as a line of a stream; null for nothing. */
    take(): string | null {
      if (!template) return null
      const content = pieces.join("")
      const delta = type === "text" ? { content } : { reasoning_content: content }
      const line = `data: ${JSON.stringify({ ...template, choices: [{ index: 0, delta }] })}`
      template = null
      pieces = []
      return line
    },
  }
}

function parse(json: string): Record<string, unknown> | null {
  try {
    return asRecord(JSON.parse(json)) ?? null
  } catch {
    return null // "[DONE]", or broken: the SDK knows what to do
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  // An object of JSON has names and values.
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function hasOnly(value: Record<string, unknown>, names: ReadonlySet<string>): boolean {
  for (const name in value) if (!names.has(name) && value[name] != null) return false
  return true
}

function text(value: unknown): string {
  return typeof value === "string" ? value : ""
}
