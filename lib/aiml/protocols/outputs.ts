import { AppError } from "../../base/errors"
import type { Output } from "../protocol"

/** Results that there must be. Throws when a success brought none. */
export function orEmpty<Result extends Output>(outputs: Result[], headers: Headers): Result[] {
  if (outputs.length > 0) return outputs
  const requestId = headers.get("x-inference-id")
  throw new AppError("model_empty", requestId ? { requestId } : {})
}
