import { z } from "zod"
import { jsonEndpoint } from "./endpoint"

// The list of models and how they do. Both are open to everybody; a misspelt filter finds everything.

export const listModels = jsonEndpoint(
  "GET",
  "/v1/models",
  z.looseObject({ data: z.array(z.unknown()) }),
  [
    ...["include", "details", "id", "type", "tags", "capabilities"],
    ...["modalities", "input_modalities", "output_modalities"],
  ],
)

export const listMetrics = jsonEndpoint(
  "GET",
  "/models/metrics",
  z.looseObject({ window_seconds: z.number().nullish(), models: z.array(z.unknown()) }),
  ["aliases"],
)
