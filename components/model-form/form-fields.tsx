"use client"

import { useEffect, useRef, useState } from "react"
import type { Json, Params } from "@/lib/base/json"
import type { ModelForm } from "@/lib/models/fields"
import { slotWords } from "../files/file-words"
import { missingWords } from "./check"
import { FieldEditor } from "./field-editor"

/** The fields of a model: the sensible ones, and the rest behind "More settings". */
export function FormFields({
  form,
  params,
  onSet,
  focusField,
}: {
  form: ModelForm
  params: Params
  onSet: (name: string, value: Json | undefined) => void
  /** The parameter that was asked for and is missing or wrong. */
  focusField: string | null
}) {
  const root = useRef<HTMLDivElement>(null)
  const shown = form.fields.slice(0, form.shown)
  const more = form.fields.slice(form.shown)
  const [isUnfolded, setUnfolded] = useState(more.some((field) => field.name === focusField))

  useEffect(() => {
    if (focusField === null) return
    const row = root.current?.querySelector(`[data-field="${CSS.escape(focusField)}"]`)
    row?.scrollIntoView({ block: "center" })
    row?.querySelector<HTMLElement>("input:not([aria-hidden]), select, textarea, button")?.focus()
  }, [focusField])

  const row = (field: ModelForm["fields"][number]) => (
    <div key={field.name} data-field={field.name}>
      <FieldEditor
        field={field}
        value={params[field.name]}
        onChange={(value) => onSet(field.name, value)}
        missing={
          field.name === focusField && params[field.name] === undefined ? missingWords(field) : null
        }
      />
    </div>
  )
  return (
    <div ref={root} className="flex flex-col gap-4">
      {form.gaps.length > 0 && (
        <div className="border-warn border-s-2 ps-3 text-ink-2 text-sm">
          {form.gaps.map((gap) => (
            <p key={gap}>{gap}</p>
          ))}
        </div>
      )}
      {form.files.length > 0 && (
        <p className="text-ink-2 text-sm">Takes: {form.files.map(slotWords).join(", ")}</p>
      )}
      {form.fields.length === 0 && (
        <p className="text-ink-3">There is nothing to set for this model.</p>
      )}
      {shown.map(row)}
      {more.length > 0 && (
        <>
          <button
            type="button"
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!isUnfolded)}
            className="self-start rounded-md py-1 text-ink-2 hover:text-ink coarse:min-h-11"
          >
            {isUnfolded ? "Fewer settings" : "More settings"}
            <span className="text-ink-3"> · {more.length}</span>
          </button>
          {isUnfolded && more.map(row)}
        </>
      )}
    </div>
  )
}
