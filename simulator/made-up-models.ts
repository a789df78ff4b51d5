import { z } from "zod"
import { Catalogue, type Model, modelSchema } from "./catalogue"
import { pick } from "./random"
import type { Operation } from "./specs"

const names = ["Anvil", "Beacon", "Cascade", "Drift", "Ember", "Fathom", "Gantry"] as const
const sizes = ["Mini", "Pro", "Max", "Flash"] as const

/** The models of the real catalogue by type. A made-up one looks like one of these. */
function examples(): Map<string, Model[]> {
  return Map.groupBy(new Catalogue().list(), ({ type }) => type)
}

function disguised(example: Model, id: string, type: string): Model {
  const name = `${pick(`${id} name`, [...names])} ${pick(`${id} size`, [...sizes])}`
  const info = { ...example.info, name, developer: "Acme", description: "A made-up model." }
  return { ...example, id, type, aliases: [], info }
}

/** Plausible models, as many of each type that there is. */
export function extraModels(count: number): Model[] {
  const types = [...examples()]
  return Array.from({ length: count }, (_, index) => {
    const [type, models] = types[index % types.length] ?? ["", []]
    const example = models[Math.floor(index / types.length) % models.length]
    const id = `acme/model-${String(index + 1).padStart(4, "0")}`
    return example ? [disguised(example, id, type)] : []
  }).flat()
}

/** The kinds of operation there are; a made-up model can only have these. */
export const operationKinds = [
  "chat",
  "messages",
  "responses",
  "moderation",
  "image",
  "3d",
  "video",
  "music",
  "speech",
  "transcription",
  "embedding",
  "ocr",
] as const

const jsonSchema = z.record(z.string(), z.unknown())

const addedOperationSchema = z.strictObject({
  kind: z.enum(operationKinds),
  method: z.enum(["GET", "POST", "PUT", "DELETE"]).default("POST"),
  path: z.string().startsWith("/"),
  contentType: z.string().default("application/json"),
  parameters: z.array(z.unknown()).default([]),
  request: jsonSchema.optional(),
  responses: z.record(z.string().regex(/^\d{3}$/), jsonSchema).default({}),
})

/** What `POST /_simulator/models` takes. What the model does not say is as usual for its type. */
export const addedModelSchema = z.strictObject({
  model: z.object({
    ...modelSchema.partial().shape,
    id: z.string().min(1),
    type: z.string().min(1),
    info: modelSchema.shape.info.partial().optional(),
  }),
  operations: z.array(addedOperationSchema).default([]),
  isListed: z.boolean().default(true),
})

/** A model from its most telling members. */
export function completed(partial: z.infer<typeof addedModelSchema>["model"]): Model {
  const { id, type } = partial
  const byType = examples()
  const [example] = byType.get(type) ?? byType.get("openai/chat-completions") ?? []
  const usual = example && disguised(example, id, type)
  const thinking = partial.thinking ?? { when: "never", shown: "hidden" }
  const info = { ...usual?.info, ...partial.info }
  return modelSchema.parse({ ...usual, tags: [], ...partial, info, thinking })
}

/** The operation as the catalogue keeps one; the numbers of its schemas are never looked at. */
export function operationOf(added: z.infer<typeof addedOperationSchema>, model: Model): Operation {
  const { kind, method, path, contentType, parameters, request, responses } = added
  const [responseSchema] = Object.values(responses)
  return {
    kind,
    method,
    path,
    contentType,
    models: [model.id, ...model.aliases],
    parameters,
    request: request ? 0 : null,
    responses: Object.fromEntries(
      Object.keys(responses).map((status) => [
        status,
        { contentType: "application/json", schema: 0 },
      ]),
    ),
    ...(request && { requestSchema: request }),
    ...(responseSchema && { responseSchema }),
  }
}
