import {
  type ChatMessage,
  type ChatRequest,
  chatRequestSchema,
  lastUserText,
} from "../chat-request"
import { type Answer, compose } from "../compose"
import { tokensUsed } from "../tokens-used"
import { type Passage, searchFiles } from "./file-search"
import { searchableFiles } from "./resources"
import type { Run } from "./run"
import type { Annotation, AssistantsState, ThreadMessage } from "./store"

/** What a run does without waiting for anybody: from a question to an answer or to a call. */
export interface Stage {
  startedAt: number
  chat: ChatRequest
  answer: Answer
  used: { input: number; output: number }
  /** What a search of files brought up; nothing when none was made. */
  passages?: Passage[]
  annotations: Annotation[]
  isDone: boolean
}

type ChatPart = Exclude<ChatMessage["content"], string | null | undefined>[number]

function chatMessage(state: AssistantsState, message: ThreadMessage): ChatMessage {
  const nameOf = (id: string) => state.files.get(id)?.name
  const parts = message.content.flatMap((part): ChatPart[] => {
    if (part.type === "text") return [{ type: "text", text: part.text.value }]
    if (part.type === "refusal") return [{ type: "text", text: part.refusal }]
    if (part.type === "image_url") return [part]
    return [{ type: "image_file", file: { filename: nameOf(part.image_file.file_id) } }]
  })
  const unsearched = message.attachments.filter(
    ({ tools = [] }) => !tools.some(({ type }) => type === "file_search"),
  )
  const attached = unsearched.map(({ file_id: id = "" }) => ({
    type: "file",
    file: { filename: nameOf(id) },
  }))
  return { role: message.role, content: [...parts, ...attached] }
}

/** The question of a run, as the chat request from which answers are made. */
export function chatOf(state: AssistantsState, run: Omit<Run, "stages">): ChatRequest {
  const { settings, tools, model, instructions } = run
  const { truncation_strategy: truncation, response_format: format } = settings
  const last = truncation?.type === "last_messages" ? (truncation.last_messages ?? 0) : 0
  const messages = run.thread.messages
    .slice(last > 0 ? -last : 0)
    .map((message) => chatMessage(state, message))
  return chatRequestSchema.parse({
    model: model.id,
    messages: [...(instructions ? [{ role: "system", content: instructions }] : []), ...messages],
    tools: tools.flatMap((tool) => (tool.type === "function" ? [tool] : [])),
    tool_choice: settings.tool_choice,
    max_completion_tokens: settings.max_completion_tokens,
    reasoning_effort: settings.reasoning_effort,
    ...(format && format !== "auto" && { response_format: format }),
  })
}

/** The same chat with a call answered. */
export function answeredChat({ chat, answer }: Stage, outputs: string[]): ChatRequest {
  const call = { role: "assistant", content: "", tool_calls: [answer.toolCall] }
  const results = outputs.map((content) => ({ role: "tool", content }))
  return { ...chat, messages: [...chat.messages, call, ...results] }
}

function passagesFor(state: AssistantsState, run: Omit<Run, "stages">, question: string) {
  const tool = run.tools.find(({ type }) => type === "file_search")
  if (tool?.type !== "file_search" || run.settings.tool_choice === "none") return undefined
  const { max_num_results: most = 5, ranking_options: ranking } = tool.file_search ?? {}
  const files = searchableFiles(state, run.assistant.tool_resources, run.thread.resources)
  return searchFiles(question, files)
    .filter(({ score }) => score >= (ranking?.score_threshold ?? 0))
    .slice(0, most)
}

/** An answer that quotes what was found, and the marks that say where it stands. */
function quotation({ file, text }: Passage): { text: string; annotations: Annotation[] } {
  const quote = text.replace(/^/gm, "> ")
  const mark = `【4:0†${file.name}】`
  const intro = `The simulator has searched your files. A real model would answer from this passage of **${file.name}**, which fits the question best:`
  const start_index = intro.length + quote.length + 3
  const annotation: Annotation = {
    type: "file_citation",
    text: mark,
    start_index,
    end_index: start_index + mark.length,
    file_citation: { file_id: file.id },
  }
  return { text: `${intro}\n\n${quote} ${mark}`, annotations: [annotation] }
}

/** Thinks a stage through, at once; when it is over only the clock knows. */
export function makeStage(
  state: AssistantsState,
  run: Omit<Run, "stages">,
  chat: ChatRequest,
  startedAt: number,
): Stage {
  const { model, plan } = run
  const plain = compose(chat, model, plan, undefined)
  const isFollowUp = chat.messages.at(-1)?.role === "tool"
  const base = { startedAt, chat, annotations: [], isDone: false }
  if (plain.toolCall || isFollowUp) {
    return { ...base, answer: plain, used: tokensUsed(chat, plain) }
  }
  const passages = passagesFor(state, run, lastUserText(chat.messages))
  const [best] = passages ?? []
  const exact = plan.text ?? plan.pieces ?? plan.floodCharacters
  const isFree = exact === undefined && !plan.refuses && !chat.response_format
  const quoted = best && isFree ? quotation(best) : undefined
  const answer = quoted ? compose(chat, model, { ...plan, text: quoted.text }, undefined) : plain
  return {
    ...base,
    answer,
    used: tokensUsed(chat, answer),
    ...(passages && { passages }),
    annotations: quoted && answer.finishReason === "stop" ? quoted.annotations : [],
  }
}
