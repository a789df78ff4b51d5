import "server-only"
import { z } from "zod"
import { withDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import { fileKindOf } from "../base/file-kinds"
import type { Json } from "../base/json"
import type { Generation } from "../db/generations"
import { untilEnded } from "../media/follow"
import { startJudged } from "../media/start"
import type { FilePart } from "../message/message"
import type { ModelKind } from "../models/model"
import { sumUsd } from "../models/money"
import { catalogue } from "../upstream/catalogue"
import { makerModel } from "./maker-model"
import { defineTool, type ToolContext } from "./tool"

/** A generation that takes longer continues in the background, and the model is told so. */
const patienceMs = 70_000

const things = ["picture", "video", "music", "speech", "shape"] as const
const kinds = {
  picture: "image",
  video: "video",
  music: "audio",
  speech: "speech",
  shape: "shape",
} as const satisfies Record<(typeof things)[number], ModelKind>

/**
 * Lets a chat model request media from another model. A single tool for all kinds, since every request pays for the
 * descriptions of all tools.
 */
export const makeMedia = defineTool({
  name: "make_media",
  description:
    "Makes a picture (or changes one of this conversation), a short video (takes minutes), music, speech (the " +
    "prompt is the text to be read, word for word) or a 3D shape from a picture. Only when one is wanted. The " +
    "person is shown it by itself: do not link to it.",
  input: z.strictObject({
    what: z.enum(things),
    prompt: z.string().trim().max(4_000).describe("What to make, in full"),
    from: z
      .string()
      .max(200)
      .optional()
      .describe("The name of a file of this conversation to start from"),
  }),
  // The model is chosen when the tool is called, so that a turn does not wait for models' forms.
  async isOffered() {
    const made: ReadonlySet<string> = new Set(Object.values(kinds))
    return (await catalogue().models()).some(({ kind }) => made.has(kind))
  },
  async run({ what, prompt, from }, context) {
    const file = from || what === "shape" ? chosenFile(await context.files(), from) : null
    const model = await makerModel(kinds[what], file !== null)
    if (!model) throw new AppError("invalid", { message: "There is no model here that makes it." })
    const wish = {
      ...{ model, prompt, params: {} },
      inputs: file ? [{ fileId: file.fileId }] : [],
      shown: context.shown,
    }
    const { generation, guardUsd } = await startJudged(context.user, wish, context.signal)
    context.show({
      type: "generation",
      generationId: generation.id,
      callId: context.shown.callId,
    })
    const ended = await endedInTime(generation.id, context.signal)
    if (!ended) return { output: { state: "being made", note: goesOn }, costUsd: guardUsd }
    const costUsd = sumUsd([ended.costUsd, guardUsd])
    return { output: resultFor(ended, model.name, context), costUsd }
  },
})

const goesOn = "It is not done yet. It will appear in the conversation by itself; do not ask again."

/** The finished generation, or null if it takes too long. */
async function endedInTime(id: string, signal: AbortSignal): Promise<Generation | null> {
  return await withDeadline(patienceMs, signal, async (deadline) => {
    try {
      return await untilEnded(id, deadline)
    } catch (error) {
      if (deadline.aborted && !signal.aborted) return null
      throw error
    }
  })
}

function resultFor(
  { error, status, outputs }: Generation,
  by: string,
  { show }: ToolContext,
): Json {
  if (error) throw new AppError(error.code, { message: error.message })
  if (status === "stopped") throw new AppError("invalid", { message: "The person stopped it." })
  const made: Json[] = []
  for (const part of outputs) {
    if (part.type === "text" || part.type === "reasoning") made.push({ text: part.text })
    else {
      show(part)
      if (part.type === "file") made.push({ name: part.name, mediaType: part.mediaType })
    }
  }
  return { state: "shown to the person", made, by }
}

/** The file with this name, or the newest picture. Throws `invalid` listing the available names. */
function chosenFile(files: readonly FilePart[], name: string | undefined): FilePart {
  const wantedName = name?.trim().toLowerCase()
  const match = wantedName
    ? files.findLast((file) => file.name.toLowerCase() === wantedName)
    : files.findLast((file) => fileKindOf(file.mediaType) === "image")
  if (match) return match
  const names = files.map((file) => file.name).join(", ")
  const message = names
    ? `There is no such file in this conversation. There are: ${names}.`
    : "There is no file in this conversation. Ask the person to attach one."
  throw new AppError("invalid", { message })
}
