import { z } from "zod"

/** What changed in something that a person's tabs may show. */
export const newsSchema = z.discriminatedUnion("type", [
  /** A conversation is new, was spoken in, was renamed, or answers begin or end in it. */
  z.object({
    type: z.literal("conversation"),
    id: z.string(),
    title: z.string(),
    updatedAt: z.string(),
    running: z.boolean(),
  }),
  /** There are other messages in it, or another branch is shown: the one that ends in `headId`. */
  z.object({ type: z.literal("messages"), id: z.string(), headId: z.string() }),
  z.object({ type: z.literal("deleted"), id: z.string() }),
  /** News may have been missed: read again what is shown. */
  z.object({ type: z.literal("missed") }),
])
export type News = z.infer<typeof newsSchema>
