import { z } from "zod"
import { AppError } from "@/lib/errors"
import { modelSchema } from "@/lib/models"
import { route } from "@/lib/people/route"
import { talkingModel } from "@/lib/server/offered-models"
import { makerModel } from "@/lib/tools/maker-model"

const query = z.object({
  kind: modelSchema.shape.kind,
  from: z.literal("file").optional(),
})

/** A model of a kind for whoever has not chosen one, from words or from a file. */
export const GET = route({ query }, async ({ query: { kind, from } }) => {
  const model = kind === "text" ? await talkingModel() : await makerModel(kind, from === "file")
  if (!model)
    throw new AppError("model_gone", { message: "There is no model here that makes this." })
  const { id, name } = model
  return { id, name, kind: model.kind }
})
