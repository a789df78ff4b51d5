import { z } from "zod"
import { jsonEndpoint } from "./endpoint"

// The model list and metrics. Both are public; an unknown filter is ignored and returns everything.

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
