import { z } from "zod"
import { kindsOf, type Model } from "./catalogue"
import { documentedMessages } from "./envelope"
import { type Exchange, Refusal } from "./exchange"
import type { Plan } from "./scenarios"
import type { Operation } from "./specs"
import { requireSpending } from "./spending"
import { validate } from "./validate"

type Fault = { path: string; message: string }

/** A request that passed the vendor's checks. */
export interface Accepted {
  body: Record<string, unknown>
  model: Model
  operation: Operation | undefined
  plan: Plan
}

/** What is wrong with the name of the model, in the vendor's two ways of saying it. */
function refuseModel(exchange: Exchange, name: unknown): never {
  if (typeof name === "string" && exchange.simulator.catalogue.isRetired(name)) {
    throw new Refusal(404, "Model is deprecated")
  }
  const message =
    name === undefined
      ? "Required"
      : typeof name === "string"
        ? `Invalid enum value. Expected an available model, received '${name}'`
        : `Expected string, received ${typeof name}`
  exchange.simulator.log.judge(exchange.entry, [{ path: "model", message }])
  throw new Refusal(400, `${documentedMessages[400]}\n${message}`)
}

/** Refuses a body with what is wrong with it, in the vendor's words. */
export function refuseBody(exchange: Exchange, errors: Fault[]): void {
  exchange.simulator.log.judge(exchange.entry, errors)
  if (errors.length === 0) return
  const sentences = new Set(errors.map((error) => error.message))
  throw new Refusal(400, [documentedMessages[400], ...sentences].join("\n"))
}

const bodySchema = z.record(z.string(), z.unknown())

/**
 * The common beginning of every inference route: the key, the body (JSON or a form), the model, the
 * vendor's schema for it. `promptOf` finds the words that scenario rules are matched against. A model
 * of the options stands in the address rather than the body; the fallback is for bodies that need none.
 */
export async function accept(
  exchange: Exchange,
  kind: string,
  promptOf: (body: Record<string, unknown>) => string,
  options: {
    model?: string
    fallbackModel?: string
    /** What is wrong with a body beyond what its schema can say. */
    faultsOf?: (body: unknown, operation: Operation | undefined) => Fault[]
  } = {},
): Promise<Accepted> {
  exchange.requireKey()
  const raw = bodySchema.safeParse(await exchange.readBody())
  if (!raw.success) throw new Refusal(400, `${documentedMessages[400]}\nExpected object`)
  const { faultsOf } = options
  const named = options.model ?? raw.data.model ?? options.fallbackModel
  const body = named === undefined ? raw.data : { ...raw.data, model: named }
  exchange.entry.prompt = promptOf(body)
  const { catalogue } = exchange.simulator
  const model = typeof body.model === "string" ? catalogue.find(body.model) : undefined
  const operation = model && catalogue.operationFor(kind, model)
  if (!model || !(operation || kindsOf(model.type).includes(kind))) {
    refuseModel(exchange, body.model)
  }
  exchange.model = model
  const errors = operation ? validate(operation, body) : []
  refuseBody(exchange, errors.length > 0 ? errors : (faultsOf?.(body, operation) ?? []))
  requireSpending(exchange)
  return { body, model, operation, plan: exchange.simulator.rules.planFor(exchange.entry.prompt) }
}

/** The first of some members that is a text; what most requests call their prompt. */
export function firstText(body: Record<string, unknown>, ...names: string[]): string {
  const found = names.map((name) => body[name]).find((value) => typeof value === "string")
  return typeof found === "string" ? found : ""
}
