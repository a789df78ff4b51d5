import "server-only"
import type { z } from "zod"
import type { Card, Source } from "../cards"
import type { Json } from "../fields"

/** Something a model may ask for while it answers. One file each; `registry.ts` lists them. */
export type Tool<Input = unknown> = {
  /** As models call it. */
  name: string
  /** For the model: what it does and when to use it. */
  description: string
  input: z.ZodType<Input>
  /** Throws AppError with words for the model and the reader. */
  run(input: Input, context: ToolContext): Promise<ToolOutcome>
}

export type ToolContext = {
  /** Aborted when the turn is stopped or its time is up. */
  signal: AbortSignal
  /** Addresses that the person wrote or an earlier tool found: nothing else may be fetched. */
  knownUrls: ReadonlySet<string>
}

export type ToolOutcome = {
  /** What the model is told. */
  output: Json
  sources?: Source[]
  cards?: Card[]
  /** Dollars that it cost beyond the answer itself; absent where it is free. */
  costUsd?: number | null
}
