import type { Json, Params } from "@/lib/base/json"
import { limits } from "@/lib/base/limits"
import type { FilePart } from "@/lib/message/message"
import type { Field, ModelForm } from "@/lib/models/fields"
import { kindWords } from "../files/file-words"
import { assignSlots, slotProblem, slotsFor } from "../files/slots"
import { paramsProblem } from "./check"
import { loadForm } from "./forms"
import { readParams, readSlotChoices } from "./params"

/** Longer nobody waits for a form before their words go out; the server checks them anyway. */
const formWaitMs = 4_000
const maxFiles = 19

export type Prepared = { params: Params } | { obstacle: string; field: string | null }

/** What goes along with a question to a model, or why it cannot be asked yet. */
export async function prepare(turn: {
  userId: string
  modelId: string
  text: string
  files: readonly FilePart[]
}): Promise<Prepared> {
  const { userId, modelId, text, files } = turn
  if (files.length > maxFiles) {
    return { obstacle: `A message holds ${maxFiles} files at most. Remove some.`, field: null }
  }
  const form = await formInTime(modelId)
  const params = readParams(userId, modelId)
  if (!form) return { params }
  const obstacle =
    slotProblem(form.files, files, readSlotChoices(userId)) ??
    textProblem(form, text, files.length > 0)
  if (obstacle) return { obstacle, field: null }
  const known = knownParams(form, params)
  const problem = paramsProblem(form, known)
  if (problem) return { obstacle: problem.words, field: problem.field }
  return { params: { ...known, ...slotParams(form, files, userId) } }
}

/** The parameters for asking a question anew: those that the model has now. */
export async function paramsFor(
  userId: string,
  modelId: string,
  files: readonly FilePart[],
): Promise<Params> {
  const params = readParams(userId, modelId)
  if (files.length === 0 && Object.keys(params).length === 0) return {}
  const form = await formInTime(modelId)
  return form ? { ...knownParams(form, params), ...slotParams(form, files, userId) } : params
}

function formInTime(modelId: string): Promise<ModelForm | null> {
  return Promise.race([
    loadForm(modelId).catch(() => null), // without it the server decides, and says why
    new Promise<null>((resolve) => setTimeout(resolve, formWaitMs, null)),
  ])
}

function textProblem(form: ModelForm, text: string, hasFiles: boolean): string | null {
  const chars = text.trim().length
  if (form.text === null) {
    const slot = form.files.find((slot) => slot.isMain) ?? form.files[0]
    return hasFiles || !slot ? null : `Attach ${kindWords[slot.kind].one} first.`
  }
  if (form.text.isRequired && chars === 0) return "Write something first."
  const most = Math.min(form.text.maxChars ?? limits.messageChars, limits.messageChars)
  return chars > most
    ? `This model takes ${most.toLocaleString("en")} characters at most. Shorten your text.`
    : null
}

/** A model's parameters change: what it no longer has is left out, and so are rows left empty. */
export function knownParams(form: ModelForm, params: Params): Params {
  return Object.fromEntries(
    form.fields.flatMap((field) => {
      const value = withoutEmptyRows(field, params[field.name])
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
}

function withoutEmptyRows(field: Field, value: Json | undefined): Json | undefined {
  if (field.type !== "list" || !Array.isArray(value)) return value
  const rows = value.filter((row) => row !== null)
  return rows.length > 0 ? rows : undefined
}

/** What is shown is what is sent: the place of each file that could go to several. */
function slotParams(form: ModelForm, files: readonly FilePart[], userId: string): Params {
  const places = assignSlots(form.files, files, readSlotChoices(userId))
  const open = files.filter((file) => slotsFor(form.files, file).length > 1)
  const chosen = open.flatMap(({ fileId }) => {
    const slot = places[fileId]
    return slot ? [[fileId, slot] as const] : []
  })
  return chosen.length > 0 ? { $slots: Object.fromEntries(chosen) } : {}
}
