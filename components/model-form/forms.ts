import { useEffect, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { PricedForm } from "@/lib/models/price"
import { requestJson } from "../api"

const forms = new Map<string, PricedForm>()
const loading = new Map<string, Promise<PricedForm>>()

/** What a model takes; asked for once while the page lives. */
export async function loadForm(modelId: string): Promise<PricedForm> {
  const known = forms.get(modelId)
  if (known) return known
  const pending =
    loading.get(modelId) ??
    requestJson<PricedForm>(`/api/models/form?model=${encodeURIComponent(modelId)}`)
  loading.set(modelId, pending)
  try {
    const form = await pending
    forms.set(modelId, form)
    return form
  } finally {
    loading.delete(modelId)
  }
}

export function useModelForm(modelId: string | null) {
  const [state, setState] = useState<{ id: string; form?: PricedForm; error?: string } | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try reads again
  useEffect(() => {
    if (modelId === null) return
    let isCurrent = true
    loadForm(modelId).then(
      (form) => isCurrent && setState({ id: modelId, form }),
      (caught) => {
        const error =
          caught instanceof AppError ? caught.message : "The settings could not be read."
        if (isCurrent) setState({ id: modelId, error })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [modelId, tries])
  const current = state?.id === modelId ? state : null
  return {
    form: current?.form ?? (modelId === null ? null : (forms.get(modelId) ?? null)),
    error: current?.error ?? null,
    retry: () => {
      setState(null)
      setTries(tries + 1)
    },
  }
}
