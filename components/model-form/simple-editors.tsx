import { useState } from "react"
import { rangeWords, wrongWords } from "./check"
import { type EditorProps, inputLook, showValue } from "./editor"
import { FieldFrame } from "./field-frame"

export function SwitchEditor({ field, value, onChange, missing }: EditorProps<"boolean">) {
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined}
      error={missing}
      onReset={() => onChange(undefined)}
      beside={({ id, describedBy }) => (
        <input
          id={id}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
          role="switch"
          aria-describedby={describedBy}
          checked={(value ?? field.default) === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          className="relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-ink-3 bg-transparent transition-colors before:absolute before:start-0.5 before:top-0.5 before:size-3.5 before:rounded-full before:bg-ink-3 before:transition-[inset-inline-start] before:content-[''] checked:border-accent checked:bg-accent checked:before:start-[1.125rem] checked:before:bg-on-accent"
        />
      )}
    />
  )
}

export function NumberEditor({ field, value, onChange, missing }: EditorProps<"number">) {
  const [text, setText] = useState(value === undefined ? "" : String(value))
  const { min, max, isInteger } = field
  const set = (next: string) => {
    setText(next)
    onChange(next === "" || !Number.isFinite(Number(next)) ? undefined : Number(next))
  }
  // What is typed stays as it is typed: "0.50" is 0.5.
  const shown = value === undefined || Number(text) === value ? text : String(value)
  const hasSlider = min !== undefined && max !== undefined && max > min && max - min <= 1_000
  const step = isInteger || !hasSlider ? 1 : 10 ** Math.floor(Math.log10((max - min) / 50))
  const fallback = typeof field.default === "number" ? field.default : undefined
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined}
      hint={rangeWords(field)}
      error={wrongWords(field, value) ?? missing}
      onReset={() => set("")}
    >
      {({ id, describedBy, isInvalid }) => (
        <div className="flex items-center gap-3">
          {hasSlider && (
            // The same value for the pointer; keys and screen readers have the box beside it.
            <input
              type="range"
              aria-hidden
              tabIndex={-1}
              min={min}
              max={max}
              step={step}
              value={typeof value === "number" ? value : (fallback ?? min)}
              onChange={(event) => set(event.currentTarget.value)}
              className="min-w-0 grow accent-accent"
            />
          )}
          <input
            id={id}
            type="number"
            inputMode={isInteger && (min ?? -1) >= 0 ? "numeric" : "decimal"}
            min={min}
            max={max}
            step={isInteger ? 1 : "any"}
            required={field.isRequired && fallback === undefined}
            placeholder={fallback === undefined ? "Not set" : String(fallback)}
            aria-describedby={describedBy}
            aria-invalid={isInvalid || undefined}
            value={shown}
            onChange={(event) => set(event.currentTarget.value)}
            className={`${inputLook} tabular-nums ${hasSlider ? "!w-24 shrink-0" : ""}`}
          />
        </div>
      )}
    </FieldFrame>
  )
}

export function TextEditor({ field, value, onChange, missing }: EditorProps<"text">) {
  const fallback = typeof field.default === "string" ? field.default : undefined
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined}
      error={wrongWords(field, value) ?? missing}
      onReset={() => onChange(undefined)}
    >
      {({ id, describedBy, isInvalid }) => {
        const shared = {
          id,
          minLength: field.minChars,
          maxLength: field.maxChars,
          required: field.isRequired && fallback === undefined,
          placeholder: fallback || undefined,
          "aria-describedby": describedBy,
          "aria-invalid": isInvalid || undefined,
          dir: "auto",
          value: typeof value === "string" ? value : "",
          onChange: (event: { currentTarget: { value: string } }) =>
            onChange(event.currentTarget.value || undefined),
        }
        return field.isLong ? (
          <textarea
            {...shared}
            rows={2}
            className={`${inputLook} field-sizing-content block h-auto! max-h-40 min-h-16 py-1.5`}
          />
        ) : (
          <input {...shared} type="text" className={inputLook} />
        )
      }}
    </FieldFrame>
  )
}

export function JsonEditor({ field, value, onChange, missing }: EditorProps<"json">) {
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value, null, 2))
  const [isBroken, setBroken] = useState(false)
  const set = (next: string) => {
    setText(next)
    setBroken(false)
    if (next.trim() === "") return onChange(undefined)
    try {
      onChange(JSON.parse(next))
    } catch {
      setBroken(true)
    }
  }
  const error = isBroken
    ? "This is not JSON yet. Until it is, what stood here before counts."
    : missing
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined || text !== ""}
      hint={field.default === undefined ? null : `Default: ${showValue(field.default)}`}
      error={error}
      onReset={() => set("")}
    >
      {({ id, describedBy, isInvalid }) => (
        <textarea
          id={id}
          rows={3}
          spellCheck={false}
          dir="ltr"
          placeholder="JSON"
          required={field.isRequired && field.default === undefined}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
          className={`${inputLook} field-sizing-content block h-auto! max-h-60 min-h-20 py-1.5 font-mono text-sm`}
        />
      )}
    </FieldFrame>
  )
}
