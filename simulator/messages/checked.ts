import type { Catalogue, Model } from "../catalogue"
import { commonOperation, type Operation } from "../specs"
import { validate } from "../validate"
import { messageFaults } from "./checks"
import { type MessagesRequest, messagesRequestSchema } from "./request"

/** Either a request that may be answered or what is wrong with it. */
export type Checked =
  | { errors: { path: string; message: string }[]; request?: undefined }
  | { errors: []; request: MessagesRequest; model: Model; operation: Operation | undefined }

const isClaude = (model: Model) =>
  /anthropic/i.test(model.info.developer) && model.type === "openai/chat-completions"

/**
 * Checks the body of a message by the schema of its model; Claudes without a schema of their own are
 * held to the commonest one. Other makers' models have no such route.
 */
export function checkMessage(catalogue: Catalogue, body: Record<string, unknown>): Checked {
  const model = typeof body.model === "string" ? catalogue.find(body.model) : undefined
  if (!model || !isClaude(model)) {
    const message =
      body.model === undefined
        ? "Required"
        : `Invalid enum value. Expected an available model, received '${body.model}'`
    return { errors: [{ path: "model", message }] }
  }
  const operation = catalogue.ownOperation("messages", model) ?? commonOperation("messages")
  const errors = operation ? validate(operation, body) : []
  if (errors.length > 0) return { errors }
  const parsed = messagesRequestSchema.safeParse(body)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path }) => path.join("."))
    return { errors: faults.map((path) => ({ path, message: "Invalid input" })) }
  }
  const faults = messageFaults(parsed.data)
  if (faults.length > 0) return { errors: faults }
  return { errors: [], request: parsed.data, model, operation }
}
