import { z } from "zod"
import { transcriptLabel } from "../../message/transcript"
import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import { readJob } from "../media/job"
import { linesOf } from "../media/transcript-lines"
import type { Facts, MediaProtocol, Output, Progress } from "../protocol"
import { orEmpty } from "./outputs"

const common = {
  reading: { texts: [], files: "audio", label: "Recording" },
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      audio: { type: "string", format: "binary" },
      language: { type: "string" },
    },
    required: ["model", "audio"],
  },
} as const

/** Words from a recording, as a task: its result is kept for an hour. */
export const transcription: MediaProtocol = {
  ...common,
  name: "transcription",
  path: /\/stt\/create$/,
  address: "/v1/stt/create",
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const base = path.replace(/\/create$/, "")
    return heard(json, headers, (id) => id && `${base}/${encodeURIComponent(id)}`)
  },
  async check(upstream, reference, context) {
    const { json, headers } = await sendForJson(upstream, {
      method: "GET",
      path: reference,
      ...context,
    })
    return heard(json, headers, () => reference)
  },
}

/** The older address, which answers at once. */
export const transcriptionAtOnce: MediaProtocol = {
  ...common,
  name: "transcription-at-once",
  path: /\/stt$/,
  address: "/v1/stt",
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const outputs = orEmpty(transcript(json), headers)
    return { state: "done", outputs, facts: withSeconds(readFacts(json, headers), json) }
  },
}

function heard(
  json: unknown,
  headers: Headers,
  referenceOf: (id: string | null) => string | null,
): Progress {
  const progress = readJob(json, headers, referenceOf, transcript)
  return { ...progress, facts: withSeconds(progress.facts, json) }
}

const alternativeSchema = z.looseObject({
  transcript: z.string(),
  words: z.array(z.json()).optional().catch(undefined),
})
const channelSchema = z.looseObject({ alternatives: z.array(alternativeSchema) })
const resultSchema = z.looseObject({
  text: z.string().nullish().catch(null),
  transcript: z.string().nullish().catch(null),
  words: z.array(z.json()).nullish().catch(null),
  utterances: z.array(z.json()).nullish().catch(null),
  segments: z.array(z.json()).nullish().catch(null),
  audio_duration: z.number().nullish().catch(null),
  duration: z.number().nullish().catch(null),
  metadata: z
    .looseObject({ duration: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
  usage: z.unknown().optional(),
  results: z
    .looseObject({
      // A list, documented as one object.
      channels: z
        .union([z.array(channelSchema), channelSchema.transform((channel) => [channel])])
        .nullish()
        .catch(null),
      utterances: z.array(z.json()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
const answerSchema = z.looseObject({
  result: z.unknown().optional(),
  output: z.unknown().optional(),
})

/** Where the result lies: documented as `output`, answered as `result`, or at the top at once. */
function resultOf(json: unknown): z.infer<typeof resultSchema> | null {
  const answer = answerSchema.safeParse(json)
  const inner = answer.success ? (answer.data.result ?? answer.data.output ?? json) : json
  const parsed = resultSchema.safeParse(typeof inner === "string" ? { text: inner } : inner)
  return parsed.success ? parsed.data : null
}

function transcript(json: unknown): Output[] {
  const result = resultOf(json)
  if (!result) return []
  const channels = result.results?.channels ?? []
  const spoken = channels.flatMap(({ alternatives }) => alternatives.slice(0, 1))
  const text =
    result.text ??
    result.transcript ??
    (spoken.length > 0 ? spoken.map(({ transcript }) => transcript).join("\n\n") : null)
  if (text === null) return []
  const lines = linesOf({
    words: result.words ? [result.words] : spoken.map(({ words }) => words ?? []),
    utterances: result.utterances ?? result.results?.utterances ?? result.segments ?? [],
    seconds: secondsOf(result),
  })
  return [
    { type: "text", text },
    ...(lines.length > 0 ? [{ type: "data" as const, label: transcriptLabel, value: lines }] : []),
  ]
}

function secondsOf(result: z.infer<typeof resultSchema> | null): number | null {
  return result?.metadata?.duration ?? result?.audio_duration ?? result?.duration ?? null
}

function withSeconds(facts: Facts, json: unknown): Facts {
  const result = resultOf(json)
  const seconds = secondsOf(result)
  const inner = readFacts({ usage: result?.usage })
  return {
    ...facts,
    usage: facts.usage ?? inner.usage,
    units: { ...facts.units, ...(seconds && { seconds }) },
  }
}
