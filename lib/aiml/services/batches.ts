import { z } from "zod"
import { AppError } from "../../base/errors"
import { type Endpoint, jsonEndpoint } from "./endpoint"

// Many messages in one batch at half the price, usually completed within an hour.

const counts = z.record(z.string(), z.number()).nullish()
const batch = z.looseObject({
  id: z.string(),
  processing_status: z.string().nullish(),
  status: z.string().nullish(),
  request_counts: counts,
  expires_at: z.string().nullish(),
})
export type Batch = z.infer<typeof batch>

const line = z.looseObject({
  custom_id: z.string(),
  result: z.looseObject({ type: z.string(), message: z.looseObject({}).nullish() }),
})
export type BatchResult = z.infer<typeof line>

export const createBatch = jsonEndpoint("POST", "/v1/batches", batch)
export const cancelBatch = jsonEndpoint("POST", "/v1/batches/cancel/{batch_id}", batch)

/** The batch while it is running, then its results as JSON lines. */
export const getBatch: Endpoint<{ batch: Batch } | { results: BatchResult[] }> = {
  method: "GET",
  path: "/v1/batches",
  query: ["batch_id"],
  read(text) {
    try {
      const values = text
        .split("\n")
        .filter((entry) => entry.trim() !== "")
        .map((entry): unknown => JSON.parse(entry))
      const results = z.array(line).min(1).safeParse(values)
      return results.success ? { results: results.data } : { batch: batch.parse(values[0]) }
    } catch {
      // A single value over several lines rather than one per line.
      const whole = batch.safeParse(tryParse(text))
      if (whole.success) return { batch: whole.data }
      throw new AppError("model_garbled")
    }
  },
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
