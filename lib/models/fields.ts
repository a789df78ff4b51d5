import type { FileKind } from "../base/file-kinds"
import type { Json } from "../base/json"

/**
 * One model parameter as a form field, derived from the model's own schema. `json` is the fallback for shapes
 * without a simpler control, so every parameter can be set.
 */
export type Field = {
  name: string
  label: string
  isRequired: boolean
  default?: Json
} & FieldShape

export type FieldShape =
  | { type: "boolean" }
  | { type: "number"; isInteger: boolean; min?: number; max?: number }
  | { type: "text"; isLong: boolean; minChars?: number; maxChars?: number }
  | { type: "choice"; choices: (string | number | boolean | null)[] }
  | { type: "list"; item: Field; minItems?: number; maxItems?: number }
  | { type: "object"; fields: Field[] }
  /** One of several shapes, such as a preset name or a width and height. */
  | { type: "union"; options: Field[] }
  | { type: "json" }

/** A member of a request that takes files. */
export type FileSlot = {
  /** The path in the request, such as `image_url` or `keyframes.frame0`. */
  name: string
  label: string
  kind: FileKind
  /** Other accepted kinds; a document slot may take an image of a page. */
  alsoTakes: FileKind[]
  isRequired: boolean
  /** The minimum length of a non-empty list. */
  minFiles: number
  maxFiles: number
  /** Filled first when several slots take the same kind. */
  isMain: boolean
}

/** A model's inputs and parameters as a page renders them. */
export type ModelForm = {
  /** The main prompt; null for models that take only files. */
  text: { label: string; isRequired: boolean; maxChars: number | null } | null
  files: FileSlot[]
  /** Parameters, most useful first. */
  fields: Field[]
  /** Number of `fields` shown initially; the rest is under "More". */
  shown: number
  /** Parts of the schema that could not be read, described for people; empty if none. */
  gaps: string[]
}
