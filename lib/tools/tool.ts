import "server-only"
import type { z } from "zod"
import { AppError } from "../base/errors"
import type { Json } from "../base/json"
import type { Shown } from "../db/generations"
import type { User } from "../db/users"
import type { Card, Source } from "../message/cards"
import type { FilePart } from "../message/message"
import type { WholePart } from "../message/parts"
import type { KnownUrls } from "./known-urls"

/** Something a model may ask for while it answers. One file each; `registry.ts` lists them. */
export type Tool<Input = unknown> = {
  /** As models call it. */
  name: string
  /** For the model: what it does and when to use it. */
  description: string
  input: z.ZodType<Input>
  /** Whether it can do anything here and now; without it, it always can. */
  isOffered?(): Promise<boolean>
  /** Throws AppError with words for the model and the reader. */
  run(input: Input, context: ToolContext): Promise<ToolOutcome>
}

/** What a tool knows of the answer that it is asked for. */
export type ToolContext = {
  user: User
  /** Where what it has made is shown. */
  shown: Shown & { callId: string }
  /** The files of the conversation, the newest last. */
  files: readonly FilePart[]
  /** Shows the reader something at once. */
  show(part: WholePart): void
  /** Aborted when the turn is stopped or its time is up. */
  signal: AbortSignal
  /** Addresses that the person wrote or an earlier tool found: nothing else may be fetched. */
  knownUrls: KnownUrls
}

export type ToolOutcome = {
  /** What the model is told. */
  output: Json
  sources?: Source[]
  cards?: Card[]
  /** Dollars that it cost beyond the answer itself; absent where it is free. */
  costUsd?: number | null
}

/**
 * A tool for the registry. Within it the input has its own type; whoever runs it may hand over whatever
 * a model wrote: what does not fit is refused in words that help the model to try again.
 */
export function defineTool<Input>(tool: Tool<Input>): Tool {
  return {
    ...tool,
    async run(given, context) {
      const parsed = tool.input.safeParse(given)
      if (parsed.success) return await tool.run(parsed.data, context)
      const problems = parsed.error.issues.map(({ path, message }) =>
        [path.join("."), message].filter(Boolean).join(": "),
      )
      throw new AppError("invalid", { message: `The input does not fit. ${problems.join("; ")}.` })
    },
  }
}
