import "server-only"
import type { Field, ModelForm } from "../models/fields"
import type { Model } from "../models/model"
import { env } from "../server/env"
import { catalogue } from "../upstream/catalogue"
import { cheapestFirst, namedModel } from "../upstream/service-models"
import { aMinute, usdFor } from "./price"

type Kind = "speech" | "transcription"

/**
 * The models for a voice job in the order to try: only the operator's choice if set, otherwise the cheapest first.
 */
export async function voiceModels(kind: Kind): Promise<Model[]> {
  const { SPEECH_MODEL, TRANSCRIPTION_MODEL } = env()
  const named = await namedModel(kind === "speech" ? SPEECH_MODEL : TRANSCRIPTION_MODEL)
  return named ? [named] : inOrder(await catalogue().models(), kind)
}

/** Cheapest first; models for a single language last. */
export function inOrder(models: readonly Model[], kind: Kind): Model[] {
  const able = models.filter((model) => model.kind === kind)
  const ofOneLanguage = ({ id }: Model) => Number(/[-_][a-z]{2}$/i.test(id))
  return cheapestFirst(able, (model) => usdFor(model, aMinute)).sort(
    (a, b) => ofOneLanguage(a) - ofOneLanguage(b),
  )
}

/** Whether a model can do the job without further required settings. */
export function needsNobody(form: ModelForm, kind: Kind): boolean {
  const isKnown = (field: Field) =>
    !field.isRequired || field.default !== undefined || canBeFilled(field)
  const takes =
    kind === "speech"
      ? form.text !== null && form.files.every(({ isRequired }) => !isRequired)
      : form.files.some((slot) => slot.kind === "audio")
  return takes && form.fields.every(isKnown)
}

// Filled with a minimal value by the client (lib/aiml/schema/smallest.ts).
function canBeFilled(field: Field): boolean {
  return field.type === "boolean" || field.type === "number" || field.type === "choice"
}
