import type { ChosenModel, ModelKind } from "@/lib/models/model"
import { requestJson } from "../api"

/** A model of a kind for whoever has not chosen one. Throws AppError where there is none. */
export function modelFor(kind: ModelKind, fromFile: boolean): Promise<ChosenModel> {
  return requestJson<ChosenModel>(`/api/models/maker?kind=${kind}${fromFile ? "&from=file" : ""}`)
}
