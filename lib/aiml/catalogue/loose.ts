import { z } from "zod"
import { toStorable } from "../../base/postgres-text"

// What comes from outside may be broken anywhere; these read what can be read and cost nothing else.

/** One line of text; null where there is none. */
export const looseText = z
  .string()
  .transform((value) => clean(value) || null)
  .nullable()
  .catch(null)

function clean(value: string): string {
  return toStorable(
    value
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 200),
  )
}

/** A number, also as text. */
export const numeric = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i)
      .transform(Number),
  ])
  .pipe(z.number())

/** A whole number of something; null where there is none. */
export const looseCount = numeric.pipe(z.number().positive()).nullable().catch(null)

/** The members of a list that can be read. */
export function looseList<T>(item: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value) => {
        const parsed = item.safeParse(value)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

/** Short words such as abilities and modalities, each once. */
export const looseWords = looseList(z.string().trim().toLowerCase().min(1).max(60)).transform(
  (words) => [...new Set(words)],
)
