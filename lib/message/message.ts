import { z } from "zod"
import { errorMessage, isErrorCode } from "../base/errors"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import { cardSchema, sourceSchema } from "./cards"
import { factsSchema } from "./facts"

/** Ids as `newId` makes them, or as other clients do: how unguessable theirs are is up to them. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)

/** A model as it is asked for: the vendor's id or an alias. */
export const modelIdSchema = z.string().regex(/^[\x21-\x7e]{1,200}$/, "This is no model's id.")

const textPartSchema = z.strictObject({ type: z.literal("text"), text: z.string() })
const reasoningPartSchema = z.strictObject({
  type: z.literal("reasoning"),
  text: z.string(),
  durationMs: z.number().nonnegative().optional(),
})
/** A file of the person who owns the conversation, attached or made by a model. */
const filePartSchema = z.strictObject({
  type: z.literal("file"),
  fileId: idSchema,
  name: z.string().max(limits.fileNameChars),
  mediaType: z.string().max(100),
  sizeBytes: z.int().nonnegative(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  durationMs: z.int().nonnegative().optional(),
  /** Its owner deleted it since: told when a message is read, never kept. */
  isDeleted: z.literal(true).optional(),
})
export type FilePart = z.infer<typeof filePartSchema>

/** A result that is neither words nor a file: numbers, a verdict, search cards. */
const dataPartSchema = z.strictObject({
  type: z.literal("data"),
  label: z.string(),
  value: z.json(),
})

/** A model's wish for a tool, as it was worded, and in a part of its own what came of it. */
const toolCallPartSchema = z.strictObject({
  type: z.literal("tool-call"),
  callId: z.string().max(200),
  /** As the model calls it; which tools there are is in `lib/tools`. */
  name: z.string().max(100),
  input: z.json(),
})
const toolResultPartSchema = z.strictObject({
  type: z.literal("tool-result"),
  callId: z.string().max(200),
  /** What the model was told; null when the tool failed. */
  output: z.json(),
  /** Why it failed, in words. */
  error: z.string().nullable(),
  durationMs: z.int().nonnegative(),
})
const sourcesPartSchema = z.strictObject({
  type: z.literal("sources"),
  sources: z.array(sourceSchema).max(100),
})
const cardPartSchema = z.strictObject({ type: z.literal("card"), card: cardSchema })

/** Something that a model makes, with a row of its own; what it made follows as parts of their own. */
const generationPartSchema = z.strictObject({
  type: z.literal("generation"),
  generationId: idSchema,
  /** The tool's call that asked for it. */
  callId: z.string().max(200).optional(),
})

/** Something kept that fits none of the other types, as the JSON it was, for its owner to save. */
const unreadablePartSchema = z.strictObject({ type: z.literal("unreadable"), raw: z.string() })

/** One shape in the database, on the wire and on the screen. */
export const partSchema = z.discriminatedUnion("type", [
  textPartSchema,
  reasoningPartSchema,
  filePartSchema,
  dataPartSchema,
  toolCallPartSchema,
  toolResultPartSchema,
  sourcesPartSchema,
  cardPartSchema,
  generationPartSchema,
  unreadablePartSchema,
])
export type Part = z.infer<typeof partSchema>

/** What a person may send: parts of their own making only. */
export const questionPartsSchema = z
  .array(z.discriminatedUnion("type", [textPartSchema, filePartSchema]))
  .max(20)
  .refine(
    (parts) =>
      parts.reduce((chars, part) => chars + (part.type === "text" ? part.text.length : 0), 0) <=
      limits.messageChars,
    `A message holds ${limits.messageChars} characters at most. Shorten it.`,
  )
  .refine(
    (parts) => parts.every((part) => part.type === "file" || toStorable(part.text).trim() !== ""),
    "Write something first.",
  )

const messageStatuses = [
  "running",
  "complete",
  "stopped",
  "interrupted",
  "failed",
  "length",
  "filtered",
] as const

// What was kept is read whatever it is: neither may cost anybody a message.
export const errorBodySchema = z
  .object({
    code: z.string().transform((code) => (isErrorCode(code) ? code : "internal")),
    message: z.string(),
    requestId: z.string().optional(),
  })
  .catch({ code: "internal", message: errorMessage("internal") })
export const unitsSchema = z.record(z.string(), z.number()).catch({})

/** A message as pages and clients get it. Times are ISO 8601, durations milliseconds. */
const messageSchema = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  role: z.enum(["user", "assistant"]),
  parts: z.array(partSchema),
  status: z.enum(messageStatuses),
  model: z.string().nullable(),
  /** Answers with the same word here stand side by side, until one of them is picked. */
  comparison: z.string().nullable(),
  error: errorBodySchema.nullable(),
  createdAt: z.string(),
  ...factsSchema.shape,
})
export type Message = z.infer<typeof messageSchema>
