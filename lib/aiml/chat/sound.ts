import type { Params } from "../../base/json"
import { wavHead } from "../../base/wav"
import type { Field } from "../../models/fields"
import type { Model } from "../../models/model"
import { fits, isObject } from "../schema/check"
import type { Schema } from "../schema/schema"
import { smallest } from "../schema/smallest"

/** Not the model's own: whether it is to answer aloud. */
export const soundField: Field = {
  name: "$sound",
  label: "Spoken answers",
  isRequired: false,
  type: "boolean",
  default: false,
}

const both = ["text", "audio"]
/** Samples without a head: the one format that can be streamed. */
const streamed = "pcm16"
/** The rate of such samples, which nobody tells. */
const streamedRate = 24_000

/** Whether a model can answer aloud: its schema has the members for it, and the list says so. */
export function canSpeak(schema: Schema | null, { outputs }: Pick<Model, "outputs">): boolean {
  const isListed = outputs.length === 0 || outputs.includes("audio")
  const { modalities, audio } = schema?.properties ?? {}
  return isListed && audio !== undefined && fits(modalities, both)
}

/** The settings of a person in the members that a model's schema has for an answer aloud. */
export function withSound(
  { $sound, ...params }: Params,
  schema: Schema | null,
  model: Pick<Model, "outputs">,
): Params {
  if (!schema || !canSpeak(schema, model)) return params
  const { modalities, audio, ...rest } = params
  if ($sound !== true) return modalities === undefined ? rest : { ...rest, modalities }
  const inner = schema.properties.audio
  const plain = inner && smallest(inner)
  const base = isObject(plain) ? plain : {}
  const canStream = fits(inner?.properties.format, streamed)
  const chosen = { ...base, ...(canStream && { format: streamed }), ...(isObject(audio) && audio) }
  return { ...rest, modalities: both, audio: chosen }
}

/** Whether an answer has to come in one piece, for its sound is asked for in a format that does not stream. */
export function comesWhole({ modalities, audio }: Params): boolean {
  const isSpoken = Array.isArray(modalities) && modalities.includes("audio")
  return isSpoken && isObject(audio) && audio.format !== streamed
}

/** Sound as a file: bare samples, as they come in a stream, get a head. */
export function toSoundFile(pieces: readonly Buffer[], isStreamed: boolean): Buffer {
  const bytes = Buffer.concat(pieces)
  const mark = bytes.toString("latin1", 0, 4)
  const isFrame = !isStreamed && /^\xff[\xe0-\xff]/.test(mark)
  if (isFrame || /^(RIFF|OggS|fLaC|ID3)/.test(mark)) return bytes
  return Buffer.concat([wavHead(streamedRate, bytes.length), bytes])
}
