import { z } from "zod"

const errorSchema = z.looseObject({ error: z.looseObject({ message: z.string() }) })

/** A chunk that only tells the usage or the price, without the list that the provider insists on. */
const accountSchema = z
  .looseObject({ meta: z.unknown().optional(), usage: z.unknown().optional() })
  .refine((chunk) => !("message" in chunk) && ("meta" in chunk || "usage" in chunk))
  .transform((chunk) => ({ ...chunk, choices: [] }))

/** What may come in a stream of chat besides chunks with words: errors, and accounts apart. */
export const besideChunks = {
  errorSchema: z.union([errorSchema, accountSchema]),
  errorToMessage: (data: unknown) => {
    const parsed = errorSchema.safeParse(data)
    return parsed.success ? parsed.data.error.message : ""
  },
}
