import { z } from "zod"
import { refuseBody } from "./accept"
import { type Exchange, Refusal, type Route } from "./exchange"
import { defaultSettings, isManagement, type Key, windowStart } from "./key-store"
import { usdOf } from "./ledger"
import { loadOperations } from "./specs"
import { validate } from "./validate"

function requireManagementKey(exchange: Exchange): void {
  exchange.requireKey()
  if (!isManagement(exchange.bearer)) throw new Refusal(403, "This needs a management key")
}

const settingsSchema = z
  .object({
    name: z.string().nullable(),
    disabled: z.boolean(),
    limit: z
      .object({
        retention: z.enum(["no_reset", "day", "week", "month"]).optional(),
        threshold: z.number().optional(),
      })
      .nullable(),
    scopes: z.array(z.string()).nullable(),
  })
  .partial()

/** The settings in a body that passed the schema documented for the method. */
async function readSettings(exchange: Exchange, method: string, path: string) {
  const body = await exchange.readJson()
  const operation = loadOperations("service").find(
    (entry) => entry.method === method && entry.path === path,
  )
  refuseBody(exchange, operation ? validate(operation, body) : [])
  const { name, disabled, limit, scopes } = settingsSchema.parse(body)
  return {
    ...(name !== undefined && { name }),
    ...(disabled !== undefined && { disabled }),
    ...(limit !== undefined && { limit }),
    ...(scopes !== undefined && { scopes }),
  }
}

function view({ simulator: { ledger } }: Exchange, key: Key) {
  return {
    name: key.name,
    prefix: key.prefix,
    disabled: key.disabled,
    scopes: key.scopes,
    limit: key.limit,
    created_at: key.createdAt.toISOString(),
    updated_at: key.updatedAt.toISOString(),
    monthly_usage: usdOf(ledger.spentCredits(key.prefix, windowStart("month", new Date()))),
  }
}

function keyAt(exchange: Exchange, prefix: string): Key {
  const key = exchange.simulator.keys.get(prefix)
  if (!key) throw new Refusal(404, "API key not found")
  return key
}

/** Makes a key. This answer alone shows it whole. */
async function create(exchange: Exchange): Promise<void> {
  requireManagementKey(exchange)
  const settings = await readSettings(exchange, "POST", "/v1/keys")
  const key = exchange.simulator.keys.create({ ...defaultSettings, ...settings })
  const { limit, ...data } = view(exchange, key)
  exchange.sendJson(200, { data: { ...data, ...(limit && { limit }), key: key.secret } })
}

function list(exchange: Exchange): void {
  requireManagementKey(exchange)
  const data = exchange.simulator.keys.list().map((key) => view(exchange, key))
  exchange.sendJson(200, { data })
}

function sendLatest(exchange: Exchange): void {
  requireManagementKey(exchange)
  const key = exchange.simulator.keys.latestUsed()
  if (!key) throw new Refusal(404, "API key not found")
  exchange.sendJson(200, { data: view(exchange, key) })
}

/** PATCH changes what is named; PUT also sets what is not named back to what a new key has. */
function update(method: "PATCH" | "PUT"): Route["handle"] {
  return async (exchange, [prefix = ""]) => {
    requireManagementKey(exchange)
    const key = keyAt(exchange, prefix)
    const settings = await readSettings(exchange, method, "/v1/keys/{prefix}")
    const whole = method === "PUT" ? { ...defaultSettings, ...settings } : settings
    exchange.sendJson(200, {
      data: view(exchange, exchange.simulator.keys.update(key, whole)),
    })
  }
}

function remove(exchange: Exchange, [prefix = ""]: string[]): void {
  requireManagementKey(exchange)
  if (!exchange.simulator.keys.delete(prefix)) throw new Refusal(404, "API key not found")
  exchange.sendJson(200, { data: { prefix, deleted: true } })
}

const one = /^\/v1\/keys\/([^/]+)$/

/** The keys of the account, for a management key. */
export const keyRoutes: Route[] = [
  { method: "POST", path: /^\/v1\/keys$/, handle: create },
  { method: "GET", path: /^\/v1\/keys$/, handle: list },
  { method: "GET", path: /^\/v1\/key$/, handle: sendLatest },
  { method: "PATCH", path: one, handle: update("PATCH") },
  { method: "PUT", path: one, handle: update("PUT") },
  { method: "DELETE", path: one, handle: remove },
]
