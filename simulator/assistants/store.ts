import { type Exchange, Refusal } from "../exchange"
import { perSimulator, Recent } from "../per-simulator"
import { token } from "../random"
import type { Run } from "./run"
import type { Part, Tool } from "./schemas"

export interface Resources {
  code_interpreter?: { file_ids: string[] }
  file_search?: { vector_store_ids: string[] }
}

export interface Assistant {
  id: string
  object: "assistant"
  created_at: number
  name: string | null
  description: string | null
  model: string
  instructions: string | null
  tools: Tool[]
  tool_resources: Resources
  metadata: Record<string, string>
  temperature: number
  top_p: number
  response_format: unknown
  reasoning_effort: string | null
}

export type Annotation = {
  type: "file_citation"
  text: string
  start_index: number
  end_index: number
  file_citation: { file_id: string }
}

export type Content =
  | { type: "text"; text: { value: string; annotations: Annotation[] } }
  | { type: "refusal"; refusal: string }
  | Exclude<Part, { type: "text" }>

export interface ThreadMessage {
  id: string
  object: "thread.message"
  created_at: number
  assistant_id: string | null
  thread_id: string
  run_id: string | null
  status: "in_progress" | "completed" | "incomplete"
  incomplete_details: { reason: string } | null
  completed_at: number | null
  incomplete_at: number | null
  role: "user" | "assistant"
  content: Content[]
  attachments: { file_id?: string | undefined; tools?: { type: string }[] | undefined }[]
  metadata: Record<string, string>
}

export interface Thread {
  id: string
  createdAt: number
  metadata: Record<string, string>
  resources: Resources
  messages: ThreadMessage[]
  runs: Run[]
}

export interface StoredFile {
  id: string
  name: string
  contentType: string
  bytes: Buffer
  createdAt: number
}

/** Everything the assistants of one simulator work with. */
export interface AssistantsState {
  assistants: Map<string, Assistant>
  threads: Map<string, Thread>
  files: Map<string, StoredFile>
  /** The ids of the files in each vector store. */
  vectorStores: Map<string, string[]>
}

export const assistantsIn = perSimulator(
  (): AssistantsState => ({
    assistants: new Recent(),
    threads: new Recent(2_000),
    files: new Recent(1_000),
    vectorStores: new Recent(),
  }),
)

export const seconds = (time = Date.now()) => Math.floor(time / 1000)

/** An id for something a request makes; `which` tells apart several of a kind. */
export function newId(exchange: Exchange, prefix: string, which = ""): string {
  return `${prefix}${token(`${prefix} ${exchange.inferenceId} ${which}`, 24)}`
}

/** What is asked for by its id, or a 404 that names it. */
export function found<Entry>(entry: Entry | undefined, kind: string, id: string): Entry {
  if (entry === undefined) throw new Refusal(404, `404 No ${kind} found with id '${id}'.`)
  return entry
}
