import { z } from "zod"
import { errorMessage, isErrorCode } from "../base/errors"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import { cardSchema, sourceSchema } from "./cards"
import { factsSchema } from "./facts"

/** Ids from `newId` or from other clients, which are responsible for their entropy. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)

/** A model in a request: the vendor's id or an alias. */
export const modelIdSchema = z.string().regex(/^[\x21-\x7e]{1,200}$/, "This is no model's id.")

const textPartSchema = z.strictObject({ type: z.literal("text"), text: z.string() })
const reasoningPartSchema = z.strictObject({
  type: z.literal("reasoning"),
  text: z.string(),
  durationMs: z.number().nonnegative().optional(),
})
/** A file of the conversation's owner, attached or generated. */
const filePartSchema = z.strictObject({
  type: z.literal("file"),
  fileId: idSchema,
  name: z.string().max(limits.fileNameChars),
  mediaType: z.string().max(100),
  sizeBytes: z.int().nonnegative(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  durationMs: z.int().nonnegative().optional(),
  /** Set when reading a message whose file was deleted; never stored. */
  isDeleted: z.literal(true).optional(),
})
export type FilePart = z.infer<typeof filePartSchema>

/** A structured result other than text or a file: numbers, a judgement, search cards. */
const dataPartSchema = z.strictObject({
  type: z.literal("data"),
  label: z.string(),
  value: z.json(),
})

/** A tool call exactly as the model wrote it; the result is a separate part. */
const toolCallPartSchema = z.strictObject({
  type: z.literal("tool-call"),
  callId: z.string().max(200),
  /** The tool name used by the model; `lib/tools` has the tools. */
  name: z.string().max(100),
  input: z.json(),
})
const toolResultPartSchema = z.strictObject({
  type: z.literal("tool-result"),
  callId: z.string().max(200),
  /** The result returned to the model; null when the tool failed. */
  output: z.json(),
  /** Error message of a failed call. */
  error: z.string().nullable(),
  durationMs: z.int().nonnegative(),
})
const sourcesPartSchema = z.strictObject({
  type: z.literal("sources"),
  sources: z.array(sourceSchema).max(100),
})
const cardPartSchema = z.strictObject({ type: z.literal("card"), card: cardSchema })

/** A media generation, which has a row of its own; its outputs follow as separate parts. */
const generationPartSchema = z.strictObject({
  type: z.literal("generation"),
  generationId: idSchema,
  /** The tool call that requested it. */
  callId: z.string().max(200).optional(),
})

/** A stored part that matches no current type, as raw JSON so that its owner can still save it. */
const unreadablePartSchema = z.strictObject({ type: z.literal("unreadable"), raw: z.string() })

/** The same shape in the database, on the wire and in the UI. */
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

/** Parts a client may send in a question. */
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

// Stored values are read leniently: an invalid one must not make a message unreadable.
export const errorBodySchema = z
  .object({
    code: z.string().transform((code) => (isErrorCode(code) ? code : "internal")),
    message: z.string(),
    requestId: z.string().optional(),
  })
  .catch({ code: "internal", message: errorMessage("internal") })
export const unitsSchema = z.record(z.string(), z.number()).catch({})

/** A message as sent to pages and clients. Times are ISO 8601, durations milliseconds. */
const messageSchema = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  role: z.enum(["user", "assistant"]),
  parts: z.array(partSchema),
  status: z.enum(messageStatuses),
  model: z.string().nullable(),
  /** Answers with the same value are shown side by side until one is picked. */
  comparison: z.string().nullable(),
  error: errorBodySchema.nullable(),
  createdAt: z.string(),
  ...factsSchema.shape,
})
export type Message = z.infer<typeof messageSchema>
