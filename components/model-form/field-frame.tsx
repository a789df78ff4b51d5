import { type ReactNode, useId } from "react"
import type { Field } from "@/lib/models/fields"

type Ids = { id: string; describedBy: string | undefined; isInvalid: boolean }

/** The label of a field, the way back to its default, and the words under it. */
export function FieldFrame({
  field,
  isChanged,
  hint: usualHint,
  error,
  onReset,
  isGroup = false,
  beside,
  children,
}: {
  field: Field
  isChanged: boolean
  hint?: string | null
  error?: string | null
  onReset: () => void
  /** Several controls under one name. */
  isGroup?: boolean
  /** What stands in the line of the label, in place of what stands under it. */
  beside?: (ids: Ids) => ReactNode
  children?: (ids: Ids) => ReactNode
}) {
  const id = useId()
  const hint = error ? null : usualHint // an error says the same, and more
  const describedBy =
    [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined
  const ids = { id, describedBy, isInvalid: Boolean(error) }
  const label = isGroup ? (
    <span id={`${id}-label`} className="font-medium">
      {field.label}
    </span>
  ) : (
    <label htmlFor={id} className="font-medium">
      {field.label}
    </label>
  )
  const content = (
    <>
      <div className="flex min-h-7 items-center gap-2 coarse:min-h-11">
        {label}
        {field.isRequired && field.default === undefined && (
          <span className="text-ink-3 text-sm" aria-hidden>
            required
          </span>
        )}
        <span className="grow" />
        {isChanged && (
          <button
            type="button"
            aria-label={`Reset ${field.label}`}
            onClick={onReset}
            className="rounded-md px-1.5 py-0.5 text-accent text-sm hover:bg-hover coarse:min-h-11 coarse:px-3"
          >
            Reset
          </button>
        )}
        {beside?.(ids)}
      </div>
      {children?.(ids)}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-ink-3 text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-bad text-sm">
          {error}
        </p>
      )}
    </>
  )
  if (!isGroup) return <div>{content}</div>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot stand in a row with its button
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      {content}
    </div>
  )
}
