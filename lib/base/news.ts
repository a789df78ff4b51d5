import { z } from "zod"

/** What changed in something that a person's tabs may show. */
export const newsSchema = z.discriminatedUnion("type", [
  /** A conversation is new, was spoken in, renamed, shows another branch, or answers begin or end in it. */
  z.object({
    type: z.literal("conversation"),
    id: z.string(),
    title: z.string(),
    updatedAt: z.string(),
    running: z.boolean(),
    /** The branch that is shown ends here: a page that does not know it reads anew. */
    headId: z.string().nullable(),
  }),
  z.object({ type: z.literal("deleted"), id: z.string() }),
  /** An answer of this conversation that had ended got more: a result, a price. A page that shows it reads anew. */
  z.object({ type: z.literal("settled"), id: z.string() }),
  /** Something that is being made came further, or ended. */
  z.object({
    type: z.literal("generation"),
    id: z.string(),
    status: z.string(),
    progress: z.number().nullable(),
    queuePosition: z.number().nullable(),
  }),
  /** News may have been missed: read again what is shown. */
  z.object({ type: z.literal("missed") }),
])
export type News = z.infer<typeof newsSchema>
