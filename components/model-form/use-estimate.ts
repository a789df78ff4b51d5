import { useEffect, useState, useSyncExternalStore } from "react"
import type { FilePart } from "@/lib/message/message"
import { type Estimate, estimate, type PricedForm, together } from "@/lib/models/price"
import { loadForm } from "./forms"
import { readParams } from "./params"
import { knownParams } from "./prepare"
import { paramsKey, watchRemembered } from "./remembered"

/** What asking these models will cost with what they are given now; null where nobody knows. */
export function useEstimate({
  userId,
  modelIds,
  text,
  files,
}: {
  userId: string
  modelIds: readonly string[]
  text: string
  files: readonly FilePart[]
}): Estimate | null {
  const forms = useForms(modelIds)
  // Whatever is set for them is read again when it changes.
  useSyncExternalStore(
    watchRemembered,
    () => modelIds.map((id) => localStorage.getItem(paramsKey(userId, id))).join(),
    () => "",
  )
  return together(
    modelIds.map((id) => {
      const form = forms.get(id)
      if (!form) return null
      const params = knownParams(form, readParams(userId, id))
      return estimate({ prices: form.prices, params, form, text, files })
    }),
  )
}

function useForms(modelIds: readonly string[]): ReadonlyMap<string, PricedForm> {
  const [forms, setForms] = useState<ReadonlyMap<string, PricedForm>>(new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids themselves, not their list
  useEffect(() => {
    for (const id of modelIds) {
      loadForm(id).then(
        (form) => setForms((known) => new Map(known).set(id, form)),
        () => undefined, // without it nothing is said
      )
    }
  }, [modelIds.join("\n")])
  return forms
}
