import { z } from "zod"
import { toStorable } from "../../base/postgres-text"

// Lenient schemas for upstream data: invalid members are dropped instead of failing the whole value.

/** One line of text; null if there is none. */
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

/** A number, possibly as text. */
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

/** A positive number; null if invalid. */
export const looseCount = numeric.pipe(z.number().positive()).nullable().catch(null)

/** The valid members of a list. */
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

/** Short lower-case words such as abilities and modalities, without duplicates. */
export const looseWords = looseList(z.string().trim().toLowerCase().min(1).max(60)).transform(
  (words) => [...new Set(words)],
)
