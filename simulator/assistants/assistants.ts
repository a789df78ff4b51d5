import { refuseBody } from "../accept"
import type { Model } from "../catalogue"
import { type Exchange, Refusal, type Route } from "../exchange"
import { parseBody } from "../parse"
import { sendPage } from "./lists"
import { resourcesOf } from "./resources"
import { createAssistantSchema, updateAssistantSchema } from "./schemas"
import { type Assistant, assistantsIn, found, newId, seconds } from "./store"

/** The models the vendor documents for assistants; of these the catalogue still has most. */
const documentedModels = new Set([
  "openai/gpt-4o",
  "gpt-4o-2024-08-06",
  "gpt-4o-2024-05-13",
  "gpt-4o-mini",
  "gpt-4o-mini-2024-07-18",
  "gpt-4-turbo",
  "gpt-4-turbo-2024-04-09",
  "gpt-4",
  "gpt-4-0125-preview",
  "gpt-4-1106-preview",
  "gpt-3.5-turbo",
  "gpt-3.5-turbo-0125",
  "gpt-3.5-turbo-1106",
  "o3-mini",
  "openai/gpt-4.1-2025-04-14",
  "openai/gpt-4.1-mini-2025-04-14",
  "openai/gpt-4.1-nano-2025-04-14",
  "o1",
])

/** The model an assistant or a run names, refused when assistants cannot work with it. */
export function assistantModel(exchange: Exchange, name: string): Model {
  const { catalogue } = exchange.simulator
  const model = catalogue.find(name)
  if (model && [model.id, ...model.aliases].some((id) => documentedModels.has(id))) return model
  if (catalogue.isRetired(name)) throw new Refusal(404, "Model is deprecated")
  const expected = [...documentedModels].map((id) => `'${id}'`).join(" | ")
  const message = `Invalid enum value. Expected ${expected}, received '${name}'`
  refuseBody(exchange, [{ path: "model", message }])
  throw new Refusal(400)
}

async function create(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const body = await parseBody(exchange, createAssistantSchema)
  assistantModel(exchange, body.model)
  const assistant: Assistant = {
    id: newId(exchange, "asst_"),
    object: "assistant",
    created_at: seconds(),
    name: body.name ?? null,
    description: body.description ?? null,
    model: body.model,
    instructions: body.instructions ?? null,
    tools: body.tools ?? [],
    tool_resources: resourcesOf(exchange, body.tool_resources),
    metadata: body.metadata ?? {},
    temperature: body.temperature ?? 1,
    top_p: body.top_p ?? 1,
    response_format: body.response_format ?? "auto",
    reasoning_effort: body.reasoning_effort ?? null,
  }
  assistantsIn(exchange.simulator).assistants.set(assistant.id, assistant)
  exchange.sendJson(201, assistant)
}

function assistantOf(exchange: Exchange, id: string): Assistant {
  return found(assistantsIn(exchange.simulator).assistants.get(id), "assistant", id)
}

async function update(exchange: Exchange, [id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const assistant = assistantOf(exchange, id)
  const { tool_resources, ...body } = await parseBody(exchange, updateAssistantSchema)
  if (body.model !== undefined) assistantModel(exchange, body.model)
  const changes = Object.entries(body).filter(([, value]) => value !== undefined)
  Object.assign(assistant, Object.fromEntries(changes))
  if (tool_resources) assistant.tool_resources = resourcesOf(exchange, tool_resources)
  exchange.sendJson(200, assistant)
}

function list(exchange: Exchange): void {
  exchange.requireKey()
  sendPage(exchange, [...assistantsIn(exchange.simulator).assistants.values()])
}

function show(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  exchange.sendJson(200, assistantOf(exchange, id))
}

function remove(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  assistantOf(exchange, id)
  assistantsIn(exchange.simulator).assistants.delete(id)
  exchange.sendJson(200, { id, object: "assistant.deleted", deleted: true })
}

const all = /^(?:\/v1)?\/assistants$/
const one = /^(?:\/v1)?\/assistants\/([^/]+)$/

export const assistantRoutes: Route[] = [
  { method: "POST", path: all, handle: create },
  { method: "GET", path: all, handle: list },
  { method: "GET", path: one, handle: show },
  { method: "POST", path: one, handle: update },
  { method: "DELETE", path: one, handle: remove },
]
