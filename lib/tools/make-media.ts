import "server-only"
import { z } from "zod"
import type { Generation } from "../db/generations"
import { AppError } from "../errors"
import type { Json } from "../fields"
import { fileKindOf } from "../file-kinds"
import { untilEnded } from "../media/follow"
import { startJudged } from "../media/start"
import type { FilePart } from "../message"
import type { ModelKind } from "../models"
import { sumUsd } from "../money"
import { aiml } from "../server/wiring"
import { makerModel } from "./maker-model"
import { defineTool, type Tool, type ToolContext } from "./tool"

/** What takes longer goes on without the model, which is told so. */
const patienceMs = 70_000

type Made = {
  name: string
  kind: ModelKind
  /** For the model: what it makes and when. */
  description: string
  /** Whether it can only be made from a file. */
  needsFile?: boolean
}

const madeKinds: readonly Made[] = [
  {
    name: "make_picture",
    kind: "image",
    description:
      "Makes a picture from a description, or changes one of this conversation. For when one is wanted.",
  },
  {
    name: "make_video",
    kind: "video",
    description:
      "Makes a short video from a description or a picture of this conversation. Only when one is wanted: " +
      "it takes minutes.",
  },
  {
    name: "make_music",
    kind: "audio",
    description: "Makes music from a description. Only when it is wanted.",
  },
  {
    name: "make_speech",
    kind: "speech",
    description:
      "Reads a text aloud; the prompt is the text, word for word. For when something is to be heard.",
  },
  {
    name: "make_shape",
    kind: "shape",
    description: "Makes a 3D model from a picture of this conversation.",
    needsFile: true,
  },
]

/** The tools by which a model that talks has others make pictures, videos, music, speech and shapes. */
export const makers: readonly Tool[] = madeKinds.map(toTool)

function toTool({ name, kind, description, needsFile = false }: Made): Tool {
  return defineTool({
    name,
    description: `${description} The person is shown it by itself: do not link to it.`,
    input: z.strictObject({
      prompt: z
        .string()
        .trim()
        .min(needsFile ? 0 : 1)
        .max(4_000)
        .describe("What to make, in full"),
      from: z
        .string()
        .max(200)
        .optional()
        .describe("The name of a file of this conversation to start from; left out for none"),
    }),
    // Which of them it will be is looked up when it is wanted: a turn must not wait for their forms.
    isOffered: async () => (await aiml().catalogue.models()).some((model) => model.kind === kind),
    async run({ prompt, from }, context) {
      const file = from || needsFile ? chosenFile(context.files, from) : null
      const model = await makerModel(kind, file !== null)
      if (!model)
        throw new AppError("invalid", { message: "There is no model here that makes it." })
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
      return { output: told(ended, model.name, context), costUsd }
    },
  })
}

const goesOn = "It is not done yet. It will appear in the conversation by itself; do not ask again."

/** The end of a generation, or null when it takes too long to wait for. */
async function endedInTime(id: string, signal: AbortSignal): Promise<Generation | null> {
  const patience = AbortSignal.timeout(patienceMs)
  try {
    return await untilEnded(id, AbortSignal.any([signal, patience]))
  } catch (error) {
    if (patience.aborted && !signal.aborted) return null
    throw error
  }
}

function told({ error, status, outputs }: Generation, by: string, { show }: ToolContext): Json {
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

/** The file that is meant by a name, or the newest picture. Throws `invalid` with the names there are. */
function chosenFile(files: readonly FilePart[], name: string | undefined): FilePart {
  const wanted = name?.trim().toLowerCase()
  const found = wanted
    ? files.findLast((file) => file.name.toLowerCase() === wanted)
    : files.findLast((file) => fileKindOf(file.mediaType) === "image")
  if (found) return found
  const names = files.map((file) => file.name).join(", ")
  const message = names
    ? `There is no such file in this conversation. There are: ${names}.`
    : "There is no file in this conversation. Ask the person to attach one."
  throw new AppError("invalid", { message })
}
