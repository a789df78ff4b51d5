/** What a chunk of chat says, and whether that is all there is in it. */
export type Chunk = {
  /** As it came, but for choices that are not read. */
  value: Record<string, unknown>
  isAsItCame: boolean
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

/**
 * Reads the chunks of one answer: of several choices the first, and nothing that is said after it ended.
 * Null for what is no JSON object.
 */
export function createChunkReader(): { read(json: string): Chunk | null; end(): void } {
  let isOver = false
  return {
    read(json) {
      const value = parse(json)
      if (!value) return null
      const choices = Array.isArray(value.choices) ? value.choices : []
      const own = isOver ? [] : choices.filter(isFirst)
      const isAsItCame = own.length === choices.length
      const chunk = readChunk(isAsItCame ? value : { ...value, choices: own })
      isOver ||= asRecord(own[0])?.finish_reason != null
      return { ...chunk, isAsItCame }
    },
    end() {
      isOver = true
    },
  }
}

const isFirst = (choice: unknown) => Number(asRecord(choice)?.index ?? 0) === 0

function readChunk(value: Record<string, unknown>): Omit<Chunk, "isAsItCame"> {
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
  const said: Chunk["said"] = []
  const thought =
    text(delta.reasoning_content) ||
    text(delta.reasoning) ||
    details(delta) ||
    thoughtPieces(delta.content)
  const content =
    text(delta.content) ||
    textPieces(delta.content) ||
    text(delta.refusal) ||
    text(asRecord(delta.audio)?.transcript)
  if (thought !== "") said.push({ type: "reasoning", delta: thought })
  if (content !== "") said.push({ type: "text", delta: content })
  return said
}

function details({ reasoning_details: list }: Record<string, unknown>): string {
  if (!Array.isArray(list)) return ""
  return list.map((entry) => text(asRecord(entry)?.text) || text(asRecord(entry)?.summary)).join("")
}

/** Content may come in pieces of several types. */
function pieces(content: unknown, type: string): Record<string, unknown>[] {
  if (!Array.isArray(content)) return []
  const known = content.map(asRecord).filter((piece) => piece !== undefined)
  return known.filter((piece) => piece.type === type)
}

function textPieces(content: unknown): string {
  return pieces(content, "text")
    .map((piece) => text(piece.text))
    .join("")
}

function thoughtPieces(content: unknown): string {
  return pieces(content, "thinking")
    .map(({ thinking }) => textPieces(thinking))
    .join("")
}

function parse(json: string): Record<string, unknown> | null {
  try {
    return asRecord(JSON.parse(json)) ?? null
  } catch {
    return null
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
