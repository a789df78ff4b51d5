import "server-only"
import type { Field, ModelForm } from "../models/fields"
import type { Model } from "../models/model"
import { env } from "../server/env"
import { catalogue } from "../upstream/catalogue"
import { cheapestFirst, namedModel } from "../upstream/service-models"
import { aMinute, usdFor } from "./price"

type Kind = "speech" | "transcription"

/**
 * The models that serve for a work, in the order in which they are to be tried: the operator's choice
 * alone, else the cheapest.
 */
export async function voiceModels(kind: Kind): Promise<Model[]> {
  const { SPEECH_MODEL, TRANSCRIPTION_MODEL } = env()
  const named = await namedModel(kind === "speech" ? SPEECH_MODEL : TRANSCRIPTION_MODEL)
  return named ? [named] : inOrder(await catalogue().models(), kind)
}

/** The cheapest first, those of one language behind all others. */
export function inOrder(models: readonly Model[], kind: Kind): Model[] {
  const able = models.filter((model) => model.kind === kind)
  const ofOneLanguage = ({ id }: Model) => Number(/[-_][a-z]{2}$/i.test(id))
  return cheapestFirst(able, (model) => usdFor(model, aMinute)).sort(
    (a, b) => ofOneLanguage(a) - ofOneLanguage(b),
  )
}

/** Whether a model can do its work without anything else being told. */
export function needsNobody(form: ModelForm, kind: Kind): boolean {
  const isKnown = (field: Field) =>
    !field.isRequired || field.default !== undefined || canBeFilled(field)
  const takes =
    kind === "speech"
      ? form.text !== null && form.files.every(({ isRequired }) => !isRequired)
      : form.files.some((slot) => slot.kind === "audio")
  return takes && form.fields.every(isKnown)
}

// What the client fills with the plainest value (lib/aiml/schema/smallest.ts).
function canBeFilled(field: Field): boolean {
  return field.type === "boolean" || field.type === "number" || field.type === "choice"
}
