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

/** A tool that a model may call while it answers. One file each; `registry.ts` lists them. */
export type Tool<Input = unknown> = {
  /** The name used by models. */
  name: string
  /** For the model: what it does and when to use it. */
  description: string
  input: z.ZodType<Input>
  /** Whether the tool is available in this installation; defaults to true. */
  isOffered?(): Promise<boolean>
  /** Throws AppError with a message for both the model and the reader. */
  run(input: Input, context: ToolContext): Promise<ToolOutcome>
}

/** The context of the answer in which a tool is called. */
export type ToolContext = {
  user: User
  /** Where generated media is shown. */
  shown: Shown & { callId: string }
  /** The files of the conversation, newest last. */
  files(): Promise<readonly FilePart[]>
  /** Shows a part to the reader immediately. */
  show(part: WholePart): void
  /** Aborted when the turn is stopped or times out. */
  signal: AbortSignal
  /** The only URLs that may be fetched: from the person's text or earlier tools. */
  knownUrls: KnownUrls
}

export type ToolOutcome = {
  /** The result returned to the model. */
  output: Json
  sources?: Source[]
  cards?: Card[]
  /** Dollars in addition to the answer's cost; absent if free. */
  costUsd?: number | null
}

/**
 * Defines a tool with a typed input. At run time the input is whatever the model wrote; a mismatch is rejected with
 * a message that helps the model correct it.
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
