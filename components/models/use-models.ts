import { useEffect, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { CatalogueState, ListedModel } from "@/lib/models/model"
import { requestJson } from "../api"
import { kindOrder } from "./model-kinds"

/** All models that are offered, in the order of the list, and how current it is. */
export function useModels() {
  const [models, setModels] = useState<ListedModel[] | null>(null)
  const [state, setState] = useState<CatalogueState | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try reads again
  useEffect(() => {
    setError(null)
    requestJson<{ models: ListedModel[]; state: CatalogueState }>("/api/models").then(
      ({ models, state }) => {
        setModels(models.sort(byKindAndRelease))
        setState(state)
      },
      (caught) =>
        setError(caught instanceof AppError ? caught.message : "The list could not be read."),
    )
  }, [tries])
  return { models, state, error, retry: () => setTries(tries + 1) }
}

function byKindAndRelease(a: ListedModel, b: ListedModel): number {
  return (
    kindOrder(a.kind) - kindOrder(b.kind) ||
    (b.releasedAt ?? "").localeCompare(a.releasedAt ?? "") ||
    a.name.localeCompare(b.name)
  )
}
