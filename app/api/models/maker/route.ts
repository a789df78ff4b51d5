import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { modelSchema } from "@/lib/models/model"
import { route } from "@/lib/people/route"
import { makerModel } from "@/lib/tools/maker-model"
import { talkingModel } from "@/lib/upstream/offered-models"

const query = z.object({
  kind: modelSchema.shape.kind,
  from: z.literal("file").optional(),
})

/** The default model of a kind, for a prompt alone or with a file. */
export const GET = route({ query }, async ({ query: { kind, from } }) => {
  const model = kind === "text" ? await talkingModel() : await makerModel(kind, from === "file")
  if (!model)
    throw new AppError("model_gone", { message: "There is no model here that makes this." })
  const { id, name } = model
  return { id, name, kind: model.kind }
})
