import type { Json } from "@/lib/base/json"
import type { Field } from "@/lib/models/fields"

/** What every editor of a value gets; `undefined` is a value that nobody set. */
export type EditorProps<Type extends Field["type"] = Field["type"]> = {
  field: Extract<Field, { type: Type }>
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  /** Words under a field that was asked for before it was filled in. */
  missing?: string | null
}

/** A value as people read it. */
export function showValue(value: Json): string {
  if (value === null) return "None"
  if (typeof value === "boolean") return value ? "On" : "Off"
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

export const inputLook =
  "h-9 w-full rounded-md border border-line bg-paper px-2.5 placeholder:text-ink-3 outline-offset-0 aria-invalid:border-bad coarse:h-11 coarse:text-lg"
