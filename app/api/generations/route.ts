import { z } from "zod"
import { paramsSchema } from "@/lib/base/json"
import { limits } from "@/lib/base/limits"
import { listGenerations } from "@/lib/db/generations"
import { startJudged } from "@/lib/media/start"
import { idSchema, modelIdSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { askedModel, modelNames } from "@/lib/upstream/offered-models"

const body = z.strictObject({
  model: modelIdSchema,
  inputs: z.strictObject({
    text: z.string().max(limits.messageChars).default(""),
    files: z
      .array(z.strictObject({ fileId: idSchema, slot: z.string().max(200).optional() }))
      .max(20)
      .default([]),
  }),
  params: paramsSchema.default({}),
})
const query = z.object({
  kind: z.string().max(20).optional(),
  cursor: idSchema.optional(),
})

/** Maximum seconds of the background work on serverless platforms; ignored elsewhere. */
export const maxDuration = 300

/** Starts a media generation outside of a conversation. */
export const POST = route({ body }, async ({ user, body: { model, inputs, params } }) => {
  const { generation } = await startJudged(user, {
    ...{ model: await askedModel(model), prompt: inputs.text, inputs: inputs.files, params },
    shown: null,
  })
  return Response.json(generation, {
    status: 202,
    headers: { "cache-control": "private, no-store" },
  })
})

/** A page of the caller's generations, newest first. */
export const GET = route({ query }, async ({ user, query }) => {
  const take = limits.generationsPerPage
  const generations = await listGenerations(user, { ...query, take: take + 1 })
  const page = generations.slice(0, take)
  return {
    generations: page,
    modelNames: await modelNames(page.map(({ model }) => model)),
    cursor: generations.length > take ? (page.at(-1)?.id ?? null) : null,
  }
})
