import "server-only"
import { createReadStream } from "node:fs"
import { withDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import type { Params } from "../base/json"
import { limits } from "../base/limits"
import type { Bytes } from "../files/intake"
import type { Field, ModelForm } from "../models/fields"
import { askAny } from "./ask-any"
import { inVoiceWords } from "./failure"
import { type Sound, withSound } from "./sound"

const totalMs = 3 * 60_000

/** Transcribes a recording, which is not stored. Throws AppError. */
export async function transcribe(
  recording: Bytes,
  stopped: AbortSignal,
): Promise<{ text: string; costUsd: number | null }> {
  return await withSound(recording, limits.dictationBytes, (sound) =>
    withDeadline(totalMs, stopped, (signal) => writeDown(sound, signal)),
  )
}

async function writeDown({ path, sizeBytes, mediaType, extension }: Sound, signal: AbortSignal) {
  const file = {
    ...{ kind: "audio" as const, name: `dictation.${extension}`, mediaType, sizeBytes },
    open: async () => createReadStream(path),
  }
  const inputs = { text: "", files: [file] }
  try {
    const asking = { kind: "transcription", inputs, params: wishes, signal } as const
    const { outputs, facts } = await askAny(asking)
    const texts = outputs.flatMap((output) => (output.type === "text" ? output.text : []))
    return { text: texts.join("\n\n").trim(), costUsd: facts.costUsd }
  } catch (error) {
    if (signal.aborted) throw new AppError("model_silent", { message: tooSlow })
    throw inVoiceWords(error, "writing down speech", `this recording (${mediaType})`)
  }
}

const tooSlow = "Writing this down took too long. Try again, or record less at a time."

const switches = new Set(["detect_language", "language_detection", "punctuate", "smart_format"])

/** Settings for punctuated text in the spoken language, as far as the model has them. */
export function wishes({ fields }: Pick<ModelForm, "fields">): Params {
  const fieldsToSet = fields.filter((field) => switches.has(field.name) && isSwitch(field))
  return Object.fromEntries(fieldsToSet.map(({ name }) => [name, true]))
}

function isSwitch(field: Field): boolean {
  return field.type === "union" ? field.options.some(isSwitch) : field.type === "boolean"
}
