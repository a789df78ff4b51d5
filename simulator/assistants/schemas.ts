import { z } from "zod"

const metadataSchema = z
  .record(z.string().max(64), z.string().max(512))
  .refine((metadata) => Object.keys(metadata).length <= 16)

const functionToolSchema = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    strict: z.boolean().nullish(),
  }),
})

const fileSearchToolSchema = z.object({
  type: z.literal("file_search"),
  file_search: z
    .object({
      max_num_results: z.int().min(1).max(50).optional(),
      ranking_options: z
        .object({ score_threshold: z.number().min(0).max(1), ranker: z.string().optional() })
        .optional(),
    })
    .optional(),
})

const toolsSchema = z.array(
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("code_interpreter") }),
    fileSearchToolSchema,
    functionToolSchema,
  ]),
)
export type Tool = z.infer<typeof toolsSchema>[number]

const fileIdsSchema = z.array(z.string())

export const resourcesSchema = z.object({
  code_interpreter: z.object({ file_ids: fileIdsSchema.optional() }).optional(),
  file_search: z
    .object({
      vector_store_ids: z.array(z.string()).optional(),
      vector_stores: z.array(z.looseObject({ file_ids: fileIdsSchema.optional() })).optional(),
    })
    .optional(),
})

const formatSchema = z.union([
  z.literal("auto"),
  z.object({ type: z.enum(["text", "json_object"]) }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({ name: z.string(), schema: z.unknown().optional() }),
  }),
])

const samplingSchema = z.object({
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  response_format: formatSchema.nullish(),
  reasoning_effort: z.enum(["low", "medium", "high"]).nullish(),
})

export const createAssistantSchema = z.object({
  ...samplingSchema.shape,
  model: z.string(),
  name: z.string().max(256).nullish(),
  description: z.string().max(512).nullish(),
  instructions: z.string().max(256_000).nullish(),
  tools: toolsSchema.max(128).optional(),
  tool_resources: resourcesSchema.nullish(),
  metadata: metadataSchema.nullish(),
})

export const updateAssistantSchema = createAssistantSchema.partial()

const partSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({
    type: z.literal("image_url"),
    image_url: z.object({ url: z.string(), detail: z.enum(["auto", "low", "high"]).optional() }),
  }),
  z.object({
    type: z.literal("image_file"),
    image_file: z.object({
      file_id: z.string(),
      detail: z.enum(["auto", "low", "high"]).optional(),
    }),
  }),
])
export type Part = z.infer<typeof partSchema>

export const createMessageSchema = z.object({
  role: z.enum(["user", "assistant"]),
  content: z.union([z.string(), z.array(partSchema).min(1)]),
  attachments: z
    .array(
      z.object({
        file_id: z.string().optional(),
        tools: z.array(z.object({ type: z.enum(["code_interpreter", "file_search"]) })).optional(),
      }),
    )
    .nullish(),
  metadata: metadataSchema.nullish(),
})
export type CreateMessage = z.infer<typeof createMessageSchema>

export const createThreadSchema = z.object({
  messages: z.array(createMessageSchema).optional(),
  metadata: metadataSchema.nullish(),
  tool_resources: resourcesSchema.nullish(),
})
export type CreateThread = z.infer<typeof createThreadSchema>

export const updateThreadSchema = createThreadSchema.omit({ messages: true })

export const metadataOnlySchema = z.object({ metadata: metadataSchema.nullish() })

const runSchema = z.object({
  ...samplingSchema.shape,
  assistant_id: z.string(),
  model: z.string().nullish(),
  instructions: z.string().nullish(),
  tools: toolsSchema.nullish(),
  metadata: metadataSchema.nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  max_prompt_tokens: z.int().min(1).nullish(),
  parallel_tool_calls: z.boolean().optional(),
  stream: z.boolean().nullish(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.object({
        type: z.enum(["function", "code_interpreter", "file_search"]),
        function: z.object({ name: z.string() }).optional(),
      }),
    ])
    .nullish(),
  truncation_strategy: z
    .object({
      type: z.enum(["auto", "last_messages"]),
      last_messages: z.int().min(1).nullish(),
    })
    .nullish(),
})

export const createRunSchema = z.object({
  ...runSchema.shape,
  additional_instructions: z.string().nullish(),
  additional_messages: z.array(createMessageSchema).nullish(),
})
export type CreateRun = z.infer<typeof createRunSchema>

export const createThreadAndRunSchema = z.object({
  ...runSchema.shape,
  thread: createThreadSchema.optional(),
  tool_resources: resourcesSchema.nullish(),
})

export const toolOutputsSchema = z.object({
  tool_outputs: z.array(
    z.object({ tool_call_id: z.string().optional(), output: z.string().optional() }),
  ),
  stream: z.boolean().nullish(),
})
