import { z } from "zod"
import type { Json } from "../../base/json"
import { toSoundFile } from "../chat/sound"
import { readCostUsd } from "../facts"
import type { TextEvent } from "./text"

const text = z.string().nullish().catch(null)
const detailSchema = z.looseObject({ text, summary: text })
// An address that the words lean on. The SDK tells nothing of it in a stream.
const annotationSchema = z.looseObject({
  url_citation: z.looseObject({ url: z.string().min(1), title: text }),
})
const saidSchema = z
  .looseObject({
    audio: z.looseObject({ data: text }).nullish().catch(null),
    reasoning_content: text,
    reasoning: text,
    reasoning_details: z.array(detailSchema).nullish().catch(null),
    annotations: z.array(annotationSchema.nullable().catch(null)).nullish().catch(null),
  })
  .nullish()
  .catch(null)
const list = z.array(z.json()).optional().catch(undefined)
const chunkSchema = z.looseObject({
  choices: z
    .array(z.looseObject({ delta: saidSchema, message: saidSchema }))
    .optional()
    .catch(undefined),
  citations: list,
  search_results: list,
  images: list,
  related_questions: list,
})

export type BesideReader = ReturnType<typeof besideReader>

/**
 * What comes beside the words: dollars in the last chunk that has any, sources, spoken sound, and
 * thoughts in members where the SDK does not look.
 */
export function besideReader() {
  let costUsd: number | null = null
  const sound: Buffer[] = []
  let isStreamed = false
  let isIncomplete = false
  const lists = new Map<string, Json[]>()
  const cited = new Map<string, Json>()
  return {
    /** Takes a chunk, gives the thought in it that nobody else tells. */
    read(chunk: unknown): string {
      if (typeof chunk !== "object" || chunk === null) return ""
      isIncomplete ||= "type" in chunk && chunk.type === "response.incomplete"
      if ("meta" in chunk) costUsd = readCostUsd(chunk) ?? costUsd
      const parsed = chunkSchema.safeParse(chunk)
      if (!parsed.success) return ""
      const { choices = [], search_results, citations, images, related_questions } = parsed.data
      for (const [label, found] of Object.entries({
        Sources: search_results ?? citations,
        Pictures: images,
        "Related questions": related_questions,
      })) {
        if (found && found.length > 0) lists.set(label, found)
      }
      const said = choices.map(({ delta, message }) => delta ?? message)
      for (const { delta, message } of choices) {
        const data = delta?.audio?.data ?? message?.audio?.data
        if (data) sound.push(Buffer.from(data, "base64"))
        isStreamed ||= Boolean(delta?.audio?.data)
      }
      for (const annotation of said.flatMap((words) => words?.annotations ?? [])) {
        if (!annotation) continue
        const { url, title } = annotation.url_citation
        if (!cited.has(url)) cited.set(url, { url, ...(title && { title }) })
      }
      return untoldThought(said[0])
    },
    /** Whether an event said that the answer is not all of it; the reason is often left out. */
    isIncomplete: () => isIncomplete,
    /** The dollars told since this was asked last. */
    takeCostUsd(): number | null {
      const told = costUsd
      costUsd = null
      return told
    },
    *rest(): Generator<TextEvent> {
      // A list of its own tells more of the same.
      if (cited.size > 0 && !lists.has("Sources")) lists.set("Sources", [...cited.values()])
      for (const [label, value] of lists) yield { type: "data", label, value }
      if (sound.length === 0) return
      yield { type: "sound", bytes: toSoundFile(sound, isStreamed), mediaType: "audio/wav" }
    },
  }
}

// The SDK tells the first of the two names that is there, though it is often "" beside the other.
function untoldThought(said: z.infer<typeof saidSchema>): string {
  if (!said || (said.reasoning_content ?? said.reasoning)) return ""
  if (said.reasoning) return said.reasoning
  return (said.reasoning_details ?? []).map(({ text, summary }) => text ?? summary ?? "").join("")
}
