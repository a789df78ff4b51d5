"use client"

import { X } from "lucide-react"
import { useEffect, useLayoutEffect, useRef, useState } from "react"
import type { ChosenModel } from "@/lib/models/model"
import { Button, IconButton } from "../ui/button"
import { FormFields } from "./form-fields"
import { useModelForm } from "./forms"
import { useParams } from "./params"

/**
 * The parameters of the model that will answer, drawn from its own schema. It stands above the composer;
 * on a phone it comes up from the edge and what is behind it waits.
 */
export function SettingsPanel({
  model,
  userId,
  focusField,
  onClose,
}: {
  model: ChosenModel
  userId: string
  /** The parameter that was asked for and is missing or wrong. */
  focusField: string | null
  onClose: () => void
}) {
  const panel = useRef<HTMLDialogElement>(null)
  const [opener] = useState(() => document.activeElement)
  const latestClose = useRef(onClose)
  latestClose.current = onClose
  const { form, error, retry } = useModelForm(model.id)
  const { params, set, resetAll } = useParams(userId, model.id)
  const [resets, setResets] = useState(0)
  const changed = Object.keys(params).length

  // Before the fields look for the one to go to: what is not open cannot have the focus.
  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    const isPhone = matchMedia("(max-width: 639px)").matches
    if (isPhone) element.showModal()
    else {
      const above = element.parentElement?.getBoundingClientRect().top ?? 0
      element.style.maxHeight = `min(36rem, ${Math.max(220, above - 16)}px)`
      element.show()
    }
    element.focus()
    const onPointerDown = ({ target }: PointerEvent) => {
      const isOpener = target instanceof Element && target.closest("[data-settings]")
      if (target instanceof Node && !element.contains(target) && !isOpener) latestClose.current()
    }
    document.addEventListener("pointerdown", onPointerDown)
    return () => document.removeEventListener("pointerdown", onPointerDown)
  }, [])
  // After it is gone: what is behind a modal dialog cannot have the focus.
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus()
    },
    [opener],
  )

  return (
    <dialog
      ref={panel}
      tabIndex={-1}
      aria-label="Settings of the model"
      onClose={onClose}
      onClick={(event) => event.target === panel.current && onClose()}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        onClose()
      }}
      className="absolute end-4 start-auto bottom-full z-20 m-0 mb-2 w-full max-w-md animate-open overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised shadow-float outline-none max-sm:fixed max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:mb-0 max-sm:max-h-[82dvh] max-sm:max-w-none max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)]"
    >
      <header className="sticky top-0 z-10 flex items-center gap-2 bg-raised py-2 ps-5 pe-2">
        <h2 className="min-w-0 grow truncate font-semibold">{model.name}</h2>
        {changed > 0 && (
          <button
            type="button"
            onClick={() => {
              resetAll()
              setResets(resets + 1)
              panel.current?.focus()
            }}
            className="shrink-0 rounded-md px-2 py-1 text-accent hover:bg-hover coarse:min-h-11"
          >
            Reset all
          </button>
        )}
        <IconButton label="Close settings" onClick={onClose}>
          <X size={17} />
        </IconButton>
      </header>
      <div className="px-5 pb-5">
        {!form && !error && (
          <p role="status" className="py-6 text-ink-3">
            Reading what this model can be told…
          </p>
        )}
        {!form && error && (
          <div role="alert" className="flex flex-wrap items-center justify-between gap-3 py-2">
            <p className="text-bad">{error}</p>
            <Button onClick={retry}>Try again</Button>
          </div>
        )}
        {form && (
          <FormFields
            key={`${model.id} ${resets} ${focusField}`}
            form={form}
            params={params}
            onSet={set}
            focusField={focusField}
          />
        )}
      </div>
    </dialog>
  )
}
