import { z } from "zod"
import type { Json } from "../../base/json"
import { toSoundFile } from "../chat/sound"
import { readCostUsd } from "../facts"
import type { AnswerEnd } from "./answer"

const text = z.string().nullish().catch(null)
// An address that the words lean on. The SDK says nothing about it in a stream.
const annotationSchema = z.looseObject({
  url_citation: z.looseObject({ url: z.string().min(1), title: text }),
})
const saidSchema = z
  .looseObject({
    audio: z.looseObject({ data: text }).nullish().catch(null),
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

/**
 * Collects what comes besides words in the raw events of an answer: dollars (the last event that has any),
 * sources, pictures, related questions and sound.
 */
export function createStreamExtras() {
  let costUsd: number | null = null
  const sound: Buffer[] = []
  let isStreamed = false
  let isIncomplete = false
  const lists = new Map<string, Json[]>()
  const cited = new Map<string, Json>()
  return {
    read(chunk: unknown): void {
      if (typeof chunk !== "object" || chunk === null) return
      isIncomplete ||= "type" in chunk && chunk.type === "response.incomplete"
      if ("meta" in chunk) costUsd = readCostUsd(chunk) ?? costUsd
      const parsed = chunkSchema.safeParse(chunk)
      if (!parsed.success) return
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
        const data = message?.audio?.data ?? delta?.audio?.data
        if (data) sound.push(Buffer.from(data, "base64"))
        isStreamed ||= Boolean(data) && !message
      }
      for (const annotation of said.flatMap((words) => words?.annotations ?? [])) {
        if (!annotation) continue
        const { url, title } = annotation.url_citation
        if (!cited.has(url)) cited.set(url, { url, ...(title && { title }) })
      }
    },
    /** The dollars of a step, and whether an event said that its answer is not all of it. */
    endStep() {
      const step = { costUsd, isIncomplete }
      costUsd = null
      isIncomplete = false
      return step
    },
    all(): Pick<AnswerEnd, "data" | "sound"> {
      // A list of its own tells more of the same.
      if (cited.size > 0 && !lists.has("Sources")) lists.set("Sources", [...cited.values()])
      return {
        data: [...lists].map(([label, value]) => ({ label, value })),
        sound:
          sound.length === 0
            ? null
            : { bytes: toSoundFile(sound, isStreamed), mediaType: "audio/wav" },
      }
    },
  }
}
