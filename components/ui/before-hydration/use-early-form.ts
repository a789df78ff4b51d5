import { type RefObject, useEffect } from "react"

/** Wakes a form (marked with `data-early`): what was sent before the page was alive is sent now. */
export function useEarlyForm(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const element = form.current
    if (!element) return
    element.dataset.early = "alive"
    if (element.dataset.held) {
      delete element.dataset.held
      element.requestSubmit()
    }
  }, [form])
}
