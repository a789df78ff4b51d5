import { z } from "zod"

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Values of a model's parameters by the names of its schema. */
export const paramsSchema = z.record(z.string().max(100), z.json())
export type Params = z.infer<typeof paramsSchema>
