import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { z } from "zod"
import { newId } from "../../base/id"
import type { Json } from "../../base/json"

const text = z.string().nullish().catch(null)
const object = z.record(z.string(), z.json())
const pieceSchema = z.looseObject({
  index: z.int().nullish().catch(null),
  id: text,
  // Arguments are JSON as text; some services send the object.
  function: z
    .looseObject({ name: text, arguments: z.union([z.string(), object]).nullish().catch(null) })
    .nullish()
    .catch(null),
  // Where one vendor keeps the seal of a thought that led to the call; it must come back with the call.
  extra_content: object.nullish().catch(null),
})
const piecesSchema = z.array(pieceSchema).catch([])

type Call = { id: string; name: string; arguments: string; extra: Record<string, Json> | null }

/** Puts the calls of a streamed answer together, whose names and arguments come in pieces. */
export function createToolCalls() {
  const calls: Call[] = []
  const byIndex = new Map<number, Call>()

  function callOf({ index, id }: z.infer<typeof pieceSchema>): Call {
    const known =
      (index == null ? undefined : byIndex.get(index)) ??
      (id ? calls.find((call) => call.id === id) : index == null ? calls.at(-1) : undefined)
    // Some gateways give every call the same place.
    if (known && (!id || known.id === id)) return known
    const call = { id: id || newId(), name: "", arguments: "", extra: null }
    calls.push(call)
    if (index != null) byIndex.set(index, call)
    return call
  }

  return {
    /** Takes `delta.tool_calls`; the parts say that arguments are coming. */
    add(pieces: unknown): LanguageModelV4StreamPart[] {
      return piecesSchema.parse(pieces).map((piece) => {
        const call = callOf(piece)
        call.name ||= piece.function?.name ?? ""
        const { arguments: given = null } = piece.function ?? {}
        const delta = typeof given === "string" ? given : given ? JSON.stringify(given) : ""
        call.arguments += delta
        call.extra = piece.extra_content ?? call.extra
        return { type: "tool-input-delta", id: call.id, delta }
      })
    },
    /** The whole calls, at the end of the answer. */
    all(): LanguageModelV4StreamPart[] {
      return calls
        .filter(({ name }) => name !== "")
        .map(({ id: toolCallId, name: toolName, arguments: input, extra }) => ({
          type: "tool-call",
          ...{ toolCallId, toolName, input },
          ...(extra && { providerMetadata: { chat: { extra_content: extra } } }),
        }))
    },
  }
}
