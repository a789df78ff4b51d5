import { Plus, X } from "lucide-react"
import { useState } from "react"
import type { Json } from "@/lib/base/json"
import type { Field } from "@/lib/models/fields"
import { Button, IconButton } from "../ui/button"
import { fits, isObject, missingWords, wrongWords } from "./check"
import { ChoiceEditor, unsetWords } from "./choice-editor"
import { type EditorProps, inputLook, showValue } from "./editor"
import { FieldFrame } from "./field-frame"
import { JsonEditor, NumberEditor, SwitchEditor, TextEditor } from "./simple-editors"

/** A field of any shape, those that hold other fields included. */
export function FieldEditor({ field, ...rest }: EditorProps) {
  switch (field.type) {
    case "boolean":
      return <SwitchEditor field={field} {...rest} />
    case "number":
      return <NumberEditor field={field} {...rest} />
    case "text":
      return <TextEditor field={field} {...rest} />
    case "choice":
      return <ChoiceEditor field={field} {...rest} />
    case "list":
      return <ListEditor field={field} {...rest} />
    case "object":
      return <ObjectEditor field={field} {...rest} />
    case "union":
      return <UnionEditor field={field} {...rest} />
    case "json":
      return <JsonEditor field={field} {...rest} />
  }
}

function ListEditor({ field, value, onChange, missing }: EditorProps<"list">) {
  const items = Array.isArray(value) ? value : []
  const put = (next: Json[]) => onChange(next.length === 0 ? undefined : next)
  const defaultWords =
    Array.isArray(field.default) && field.default.length > 0
      ? `Default: ${field.default.map(showValue).join(", ")}`
      : null
  return (
    <FieldFrame
      field={field}
      isChanged={items.length > 0}
      hint={items.length === 0 ? defaultWords : null}
      error={wrongWords(field, value) ?? missing}
      onReset={() => onChange(undefined)}
      isGroup
    >
      {() => (
        <>
          {items.map((item, index) => {
            const label = `${field.item.label} ${index + 1}`
            return (
              // Rows have no other identity than their place, and one that goes takes its words along.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <div key={`${index} of ${items.length}`} className="mb-2 flex items-end gap-1">
                <div className="min-w-0 grow">
                  <FieldEditor
                    field={{ ...field.item, label, isRequired: false }}
                    value={item ?? undefined}
                    onChange={(changed) => put(items.with(index, changed ?? null))}
                  />
                </div>
                <IconButton
                  label={`Remove ${label}`}
                  onClick={() => put(items.filter((_, at) => at !== index))}
                >
                  <X size={15} />
                </IconButton>
              </div>
            )
          })}
          <Button
            className="h-8 px-3 text-sm"
            disabled={items.length >= (field.maxItems ?? Number.POSITIVE_INFINITY)}
            onClick={() => put([...items, newItem(field.item)])}
          >
            <Plus size={14} aria-hidden /> Add
            <span className="sr-only"> to {field.label}</span>
          </Button>
        </>
      )}
    </FieldFrame>
  )
}

function newItem(item: Field): Json {
  if (item.default !== undefined) return item.default
  if (item.type === "boolean") return false
  return item.type === "object" ? {} : null
}

function ObjectEditor({ field, value, onChange, missing }: EditorProps<"object">) {
  const values = isObject(value) ? value : {}
  return (
    <FieldFrame
      field={field}
      isChanged={Object.keys(values).length > 0}
      onReset={() => onChange(undefined)}
      isGroup
    >
      {() => (
        <div className="flex flex-col gap-3 border-line border-s ps-4">
          {field.fields.map((inner) => (
            <FieldEditor
              key={inner.name}
              field={inner}
              value={values[inner.name]}
              missing={
                missing && inner.isRequired && values[inner.name] === undefined
                  ? missingWords(inner)
                  : null
              }
              onChange={(changed) => {
                const { [inner.name]: _before, ...others } = values
                const next = changed === undefined ? others : { ...others, [inner.name]: changed }
                onChange(Object.keys(next).length === 0 ? undefined : next)
              }}
            />
          ))}
        </div>
      )}
    </FieldFrame>
  )
}

function UnionEditor({ field, value, onChange, missing }: EditorProps<"union">) {
  const [at, setAt] = useState(() =>
    value === undefined ? -1 : field.options.findIndex((option) => fits(option, value)),
  )
  const option = field.options[at]
  const change = (next: number) => {
    setAt(next)
    onChange(undefined)
  }
  return (
    <div className="flex flex-col gap-2">
      <FieldFrame
        field={field}
        isChanged={value !== undefined}
        error={missing}
        onReset={() => change(-1)}
      >
        {({ id, describedBy, isInvalid }) => (
          <select
            id={id}
            aria-describedby={describedBy}
            aria-invalid={isInvalid || undefined}
            value={at}
            onChange={(event) => change(Number(event.currentTarget.value))}
            className={inputLook}
          >
            <option value={-1}>{unsetWords(field)}</option>
            {field.options.map((option, index) => (
              <option key={`${option.name} ${option.label}`} value={index}>
                {option.label}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      {option && (
        <div className={option.type === "object" ? "" : "border-line border-s ps-4"}>
          <FieldEditor
            key={at}
            field={option}
            value={value}
            onChange={onChange}
            missing={missing ?? null}
          />
        </div>
      )}
    </div>
  )
}
