import { type Exchange, Refusal, type Route } from "../exchange"
import { parseBody } from "../parse"
import { sendPage } from "./lists"
import { addToSearch } from "./resources"
import { advanceRun, isActive } from "./run"
import { type CreateMessage, createMessageSchema, metadataOnlySchema, type Part } from "./schemas"
import {
  assistantsIn,
  type Content,
  found,
  newId,
  seconds,
  type Thread,
  type ThreadMessage,
} from "./store"
import { threadOf } from "./threads"

function contentOf(part: Part): Content {
  if (part.type !== "text") return part
  return { type: "text", text: { value: part.text, annotations: [] } }
}

/** The words of a message. */
export function messageText({ content }: ThreadMessage): string {
  return content.flatMap((part) => (part.type === "text" ? part.text.value : [])).join("\n")
}

/** Adds what somebody says to a thread; files that come with it become searchable. */
export function addMessage(exchange: Exchange, thread: Thread, body: CreateMessage): ThreadMessage {
  const { files } = assistantsIn(exchange.simulator)
  const parts: Part[] =
    typeof body.content === "string" ? [{ type: "text", text: body.content }] : body.content
  for (const part of parts) {
    if (part.type !== "image_file") continue
    found(files.get(part.image_file.file_id), "file", part.image_file.file_id)
  }
  for (const { file_id: fileId, tools = [] } of body.attachments ?? []) {
    if (fileId === undefined) continue
    found(files.get(fileId), "file", fileId)
    const isSearched = tools.some(({ type }) => type === "file_search")
    if (isSearched) addToSearch(exchange, thread.resources, fileId)
  }
  const message: ThreadMessage = {
    id: newId(exchange, "msg_", String(thread.messages.length)),
    object: "thread.message",
    created_at: seconds(),
    assistant_id: null,
    thread_id: thread.id,
    run_id: null,
    status: "completed",
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: body.role,
    content: parts.map(contentOf),
    attachments: body.attachments ?? [],
    metadata: body.metadata ?? {},
  }
  thread.messages.push(message)
  return message
}

async function create(exchange: Exchange, [threadId = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const thread = threadOf(exchange, threadId)
  const body = await parseBody(exchange, createMessageSchema)
  const running = thread.runs.find((run) => isActive(advanceRun(exchange.simulator, run)))
  if (running) {
    const words = `Can't add messages to ${threadId} while a run ${running.id} is active.`
    throw new Refusal(400, `400 ${words}`)
  }
  const message = addMessage(exchange, thread, body)
  exchange.entry.prompt = messageText(message)
  exchange.sendJson(201, message)
}

/** The messages of a thread, with the answers of runs that have ended by now. */
function messagesOf(exchange: Exchange, threadId: string): ThreadMessage[] {
  const thread = threadOf(exchange, threadId)
  for (const run of thread.runs) advanceRun(exchange.simulator, run)
  return thread.messages
}

function list(exchange: Exchange, [threadId = ""]: string[]): void {
  exchange.requireKey()
  const runId = exchange.url.searchParams.get("run_id")
  const messages = messagesOf(exchange, threadId)
  sendPage(exchange, runId ? messages.filter(({ run_id }) => run_id === runId) : messages)
}

function messageOf(exchange: Exchange, threadId: string, id: string): ThreadMessage {
  return found(
    messagesOf(exchange, threadId).find((message) => message.id === id),
    "message",
    id,
  )
}

function show(exchange: Exchange, [threadId = "", id = ""]: string[]): void {
  exchange.requireKey()
  exchange.sendJson(200, messageOf(exchange, threadId, id))
}

async function update(exchange: Exchange, [threadId = "", id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const message = messageOf(exchange, threadId, id)
  const { metadata } = await parseBody(exchange, metadataOnlySchema)
  if (metadata) message.metadata = metadata
  exchange.sendJson(200, message)
}

function remove(exchange: Exchange, [threadId = "", id = ""]: string[]): void {
  exchange.requireKey()
  const message = messageOf(exchange, threadId, id)
  const thread = threadOf(exchange, threadId)
  thread.messages = thread.messages.filter((other) => other !== message)
  exchange.sendJson(200, { id, object: "thread.message.deleted", deleted: true })
}

const all = /^(?:\/v1)?\/threads\/([^/]+)\/messages$/
const one = /^(?:\/v1)?\/threads\/([^/]+)\/messages\/([^/]+)$/

export const threadMessageRoutes: Route[] = [
  { method: "POST", path: all, handle: create },
  { method: "GET", path: all, handle: list },
  { method: "GET", path: one, handle: show },
  { method: "POST", path: one, handle: update },
  { method: "DELETE", path: one, handle: remove },
]
