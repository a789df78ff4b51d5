import type { FilePart } from "@/lib/message/message"
import type { ChosenModel } from "@/lib/models/model"
import type { Prepared as PreparedFor } from "../../model-form/prepare"
import { countRemembered } from "../../model-form/remembered"
import type { Outgoing } from "../turn-client"

export const loadFailed = "Part of this page could not be loaded. Try again."

/** The settings that go along, or what keeps a question from being sent and the setting that it is about. */
type Prepared = { params: Outgoing["params"] } | { obstacle: string; field: string | null }

/** Prepares a question: the settings of the one model, or of each of several by its id. */
export async function prepareQuestion(
  userId: string,
  models: readonly ChosenModel[],
  text: string,
  files: readonly FilePart[],
): Promise<Prepared> {
  const [first] = models
  if (first && models.length === 1) return await prepareFor(userId, first, text, files)
  const all: Outgoing["params"] = {}
  for (const model of models) {
    const prepared = await prepareFor(userId, model, text, files)
    if (!("params" in prepared)) return prepared
    all[model.id] = prepared.params
  }
  return { params: all }
}

async function prepareFor(
  userId: string,
  { id, kind }: ChosenModel,
  text: string,
  files: readonly FilePart[],
): Promise<PreparedFor> {
  // Plain words to a chat model need nothing else.
  if (kind === "text" && files.length === 0 && countRemembered(userId, id) === 0) {
    return { params: {} }
  }
  const module = await import("../../model-form/prepare").catch(() => null)
  const prepared = await module?.prepare({ userId, modelId: id, text, files })
  if (prepared && "params" in prepared) return prepared
  return prepared ?? { obstacle: loadFailed, field: null }
}
