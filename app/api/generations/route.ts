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

/** Seconds that a platform with limited functions stays with what is made; elsewhere it means nothing. */
export const maxDuration = 300

/** Has a model make something, outside of any conversation. */
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

/** A page of what the caller had made, newest first. */
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
