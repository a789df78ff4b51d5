import { z } from "zod"

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Model parameters, keyed by the names in the model's schema. */
export const paramsSchema = z.record(z.string().max(100), z.json())
export type Params = z.infer<typeof paramsSchema>
