import { z } from "zod"

/** A change in something that a person's open tabs may show. */
export const newsSchema = z.discriminatedUnion("type", [
  /** A conversation was created, renamed, got a message or another branch, or one of its answers started or ended. */
  z.object({
    type: z.literal("conversation"),
    id: z.string(),
    title: z.string(),
    updatedAt: z.string(),
    running: z.boolean(),
    /** The head of the branch shown; a page that does not have this message reloads the branch. */
    headId: z.string().nullable(),
  }),
  z.object({ type: z.literal("deleted"), id: z.string() }),
  /** A finished answer changed afterwards (a result or a price was added); pages that show it reload it. */
  z.object({ type: z.literal("settled"), id: z.string() }),
  /** A generation made progress or ended. */
  z.object({
    type: z.literal("generation"),
    id: z.string(),
    status: z.string(),
    progress: z.number().nullable(),
    queuePosition: z.number().nullable(),
  }),
  /** Events may have been missed; reload everything shown. */
  z.object({ type: z.literal("missed") }),
])
export type News = z.infer<typeof newsSchema>
