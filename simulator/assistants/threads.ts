import type { Exchange, Route } from "../exchange"
import { parseBody } from "../parse"
import { resourcesOf } from "./resources"
import { type CreateThread, createThreadSchema, updateThreadSchema } from "./schemas"
import { assistantsIn, found, newId, seconds, type Thread } from "./store"
import { addMessage } from "./thread-messages"

export function threadBody({ id, createdAt, metadata, resources }: Thread): object {
  return {
    id,
    object: "thread",
    created_at: seconds(createdAt),
    metadata,
    tool_resources: resources,
  }
}

/** A thread with the messages it begins with. */
export function createThread(exchange: Exchange, body: CreateThread): Thread {
  const thread: Thread = {
    id: newId(exchange, "thread_"),
    createdAt: Date.now(),
    metadata: body.metadata ?? {},
    resources: resourcesOf(exchange, body.tool_resources),
    messages: [],
    runs: [],
  }
  for (const message of body.messages ?? []) addMessage(exchange, thread, message)
  assistantsIn(exchange.simulator).threads.set(thread.id, thread)
  return thread
}

export function threadOf(exchange: Exchange, id: string): Thread {
  return found(assistantsIn(exchange.simulator).threads.get(id), "thread", id)
}

async function create(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const body = await parseBody(exchange, createThreadSchema)
  exchange.sendJson(201, threadBody(createThread(exchange, body)))
}

function show(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  exchange.sendJson(200, threadBody(threadOf(exchange, id)))
}

async function update(exchange: Exchange, [id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const thread = threadOf(exchange, id)
  const { metadata, tool_resources } = await parseBody(exchange, updateThreadSchema)
  if (metadata) thread.metadata = metadata
  if (tool_resources) thread.resources = resourcesOf(exchange, tool_resources)
  exchange.sendJson(200, threadBody(thread))
}

function remove(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  threadOf(exchange, id)
  assistantsIn(exchange.simulator).threads.delete(id)
  exchange.sendJson(200, { id, object: "thread.deleted", deleted: true })
}

const one = /^(?:\/v1)?\/threads\/([^/]+)$/

export const threadRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/threads$/, handle: create },
  { method: "GET", path: one, handle: show },
  { method: "POST", path: one, handle: update },
  { method: "DELETE", path: one, handle: remove },
]
