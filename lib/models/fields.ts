import type { FileKind } from "../base/file-kinds"
import type { Json } from "../base/json"

/**
 * One parameter of a model as a form shows it, read from the model's own schema. `json` stands for what
 * has no simpler shape; everything can be reached.
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
  /** One of several shapes, such as a preset's name or a width and a height. */
  | { type: "union"; options: Field[] }
  | { type: "json" }

/** A place of a request that takes files. */
export type FileSlot = {
  /** The path in the request, such as `image_url` or `keyframes.frame0`. */
  name: string
  label: string
  kind: FileKind
  /** Other kinds it takes as well, as a document's place takes a picture of one. */
  alsoTakes: FileKind[]
  isRequired: boolean
  /** How many files a list needs once it has one. */
  minFiles: number
  maxFiles: number
  /** More than one slot of a kind: this one is filled first. */
  isMain: boolean
}

/** What a model takes, as a page draws it. */
export type ModelForm = {
  /** The one text everything begins with; null for models that take only files. */
  text: { label: string; isRequired: boolean; maxChars: number | null } | null
  files: FileSlot[]
  /** Parameters, the sensible ones first. */
  fields: Field[]
  /** How many of `fields` are worth showing at once; the rest stands behind "More". */
  shown: number
  /** What could not be read, in words for a person; empty when all is well. */
  gaps: string[]
}
