import { z } from "zod"
import { jsonEndpoint } from "./endpoint"

// Assistants with threads, messages, runs and files. The only endpoints without /v1.

const text = z.string().nullish()
const count = z.number().nullish()
const paging = ["limit", "order", "after", "before"]
const deleted = z.looseObject({ id: z.string(), deleted: z.boolean() })
const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.looseObject({
    data: z.array(entry),
    first_id: text,
    last_id: text,
    has_more: z.boolean().nullish(),
  })

const assistant = z.looseObject({ id: z.string(), model: text, name: text, instructions: text })
const thread = z.looseObject({ id: z.string(), created_at: count })
const message = z.looseObject({
  id: z.string(),
  role: z.string(),
  status: text,
  run_id: text,
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z
        .looseObject({ value: z.string(), annotations: z.array(z.looseObject({})).nullish() })
        .nullish()
        .catch(null),
    }),
  ),
})
const run = z.looseObject({
  id: z.string(),
  status: z.string(),
  thread_id: text,
  assistant_id: text,
  required_action: z
    .looseObject({
      submit_tool_outputs: z.looseObject({ tool_calls: z.array(z.looseObject({})) }).nullish(),
    })
    .nullish(),
  last_error: z.looseObject({ code: text, message: text }).nullish(),
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count }).nullish(),
})
const step = z.looseObject({ id: z.string(), status: text, type: text })
const file = z.looseObject({ id: z.string(), filename: text, bytes: count, purpose: text })

const oneAssistant = "/assistants/{assistantId}"
const oneThread = "/threads/{threadId}"
const threadMessages = `${oneThread}/messages`
const oneMessage = `${threadMessages}/{messageId}`
const threadRuns = `${oneThread}/runs`
const oneRun = `${threadRuns}/{runId}`

export const createAssistant = jsonEndpoint("POST", "/assistants", assistant)
export const listAssistants = jsonEndpoint("GET", "/assistants", listOf(assistant), paging)
export const getAssistant = jsonEndpoint("GET", oneAssistant, assistant)
export const updateAssistant = jsonEndpoint("POST", oneAssistant, assistant)
export const removeAssistant = jsonEndpoint("DELETE", oneAssistant, deleted)

export const createThread = jsonEndpoint("POST", "/threads", thread)
export const getThread = jsonEndpoint("GET", oneThread, thread)
export const updateThread = jsonEndpoint("POST", oneThread, thread)
export const removeThread = jsonEndpoint("DELETE", oneThread, deleted)

export const createMessage = jsonEndpoint("POST", threadMessages, message)
export const listMessages = jsonEndpoint("GET", threadMessages, listOf(message), [
  ...paging,
  "run_id",
])
export const getMessage = jsonEndpoint("GET", oneMessage, message)
export const updateMessage = jsonEndpoint("POST", oneMessage, message)
export const removeMessage = jsonEndpoint("DELETE", oneMessage, deleted)

export const createRun = jsonEndpoint("POST", threadRuns, run)
export const createThreadAndRun = jsonEndpoint("POST", "/threads/runs", run)
export const listRuns = jsonEndpoint("GET", threadRuns, listOf(run), paging)
export const getRun = jsonEndpoint("GET", oneRun, run)
export const updateRun = jsonEndpoint("POST", oneRun, run)
export const cancelRun = jsonEndpoint("POST", `${oneRun}/cancel`, run)
export const submitToolOutputs = jsonEndpoint("POST", `${oneRun}/submit_tool_outputs`, run)
export const listSteps = jsonEndpoint("GET", `${oneRun}/steps`, listOf(step), paging)
export const getStep = jsonEndpoint("GET", `${oneRun}/steps/{stepId}`, step)

/** The body is a form with `file` and `purpose`. */
export const uploadFile = jsonEndpoint("POST", "/files", file)
export const getFile = jsonEndpoint("GET", "/files/{file_id}", file)
export const removeFile = jsonEndpoint("DELETE", "/files/{file_id}", deleted)
