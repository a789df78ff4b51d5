import { type EditorProps, inputLook, showValue } from "./editor"
import { FieldFrame } from "./field-frame"

/** One of several values: side by side when they are few and short, else a list. */
export function ChoiceEditor(props: EditorProps<"choice">) {
  const words = props.field.choices.map(showValue)
  const areShort = words.length <= 4 && words.every((word) => word.length <= 12)
  return areShort && words.join("").length <= 32 ? (
    <Segments {...props} />
  ) : (
    <SelectEditor {...props} />
  )
}

function Segments({ field, value, onChange, missing }: EditorProps<"choice">) {
  const chosen = value === undefined ? field.default : value
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined}
      error={missing}
      onReset={() => onChange(undefined)}
      isGroup
    >
      {({ id }) => (
        <div className="flex rounded-md border border-line bg-paper p-0.5">
          {field.choices.map((choice) => (
            <label
              key={String(choice)}
              className="flex h-8 grow cursor-pointer items-center justify-center rounded-sm px-2.5 text-ink-2 transition-colors hover:text-ink has-checked:bg-hover has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent coarse:h-10"
            >
              <input
                type="radio"
                name={id}
                className="sr-only"
                checked={choice === chosen}
                onChange={() => onChange(choice)}
              />
              {showValue(choice)}
            </label>
          ))}
        </div>
      )}
    </FieldFrame>
  )
}

function SelectEditor({ field, value, onChange, missing }: EditorProps<"choice">) {
  const at =
    value === undefined || (typeof value === "object" && value !== null)
      ? -1
      : field.choices.indexOf(value)
  return (
    <FieldFrame
      field={field}
      isChanged={value !== undefined}
      error={missing}
      onReset={() => onChange(undefined)}
    >
      {({ id, describedBy, isInvalid }) => (
        <select
          id={id}
          required={field.isRequired && field.default === undefined}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          value={at}
          onChange={(event) => onChange(field.choices[Number(event.currentTarget.value)])}
          className={inputLook}
        >
          <option value={-1}>{unsetWords(field)}</option>
          {field.choices.map((choice, index) => (
            <option key={String(choice)} value={index}>
              {showValue(choice)}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  )
}

/** What a list says while nobody chose from it. */
export function unsetWords(field: EditorProps["field"]): string {
  if (field.default !== undefined) return `Default: ${showValue(field.default)}`
  return field.isRequired ? "Choose…" : "Not set"
}
