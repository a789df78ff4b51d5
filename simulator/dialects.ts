import type { Model } from "./catalogue"
import { chance, hash, token } from "./random"

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  [detail: string]: unknown
}
export interface Cost {
  credits_used: number
  usd_spent: number
}
export interface ToolCall {
  id: string
  type: "function"
  function: { name: string; arguments: string }
}
export type FinishReason = "stop" | "length" | "content_filter" | "tool_calls"
/** What a delta can add to the answer. */
interface Delta {
  content?: string
  thought?: string
  refusal?: string
  tool_calls?: unknown[]
}
/** How one family of models words its stream; each function makes the chunks for one moment. */
export interface Dialect {
  name: "anthropic" | "openai" | "openrouter" | "qwen" | "plain"
  open(): object[]
  delta(delta: Delta): object
  close(finishReason: FinishReason, usage: Usage, cost: Cost): object[]
  /** Whether a `[DONE]` line ends the stream. The upstream is not consistent about it. */
  sendsDone: boolean
}

/**
 * Which family a model speaks like: told from its maker, and from where its schema says that the
 * thoughts go, which is what tells a model behind OpenRouter from the same maker's own address.
 */
export function familyOf(model: Model): Dialect["name"] {
  const { developer } = model.info
  if (model.thinking.shown === "reasoning") return "openrouter"
  if (/anthropic/i.test(developer)) return "anthropic"
  if (/^open ?ai$/i.test(developer)) return "openai"
  return model.thinking.shown === "reasoning_content" ? "qwen" : "plain"
}

/** The name a model answers under, which for many is not the one that was asked for. */
export function answeringName(model: Model): string {
  const name = model.id.replace(/^.*\//, "")
  if (familyOf(model) === "anthropic" || chance(`renamed ${model.id}`, 0.35)) {
    const dated = model.aliases.find((alias) => /\d{8}$|\d{4}-\d\d-\d\d$/.test(alias))
    if (dated) return dated
    if (/\d{8}$|\d{4}-\d\d-\d\d$/.test(name)) return name
    return `${name.replaceAll(".", "-")}-${model.info.releasedAt.replaceAll("-", "")}`
  }
  return model.id
}

/** The chunks of one answer's stream in the words of the model's family. */
export function createDialect(model: Model, id: string): Dialect {
  const name = familyOf(model)
  const base = {
    id,
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1000),
    model: answeringName(model),
  }
  const sendsDone = name !== "anthropic" && chance(`done ${model.id}`, 0.5)
  if (name === "anthropic") return anthropic(base)
  if (name === "openai") return { ...openai(base), sendsDone }
  if (name === "openrouter") return { ...openrouter(base, model), sendsDone }
  if (name === "qwen") return { ...qwen(base), sendsDone }
  return { ...plain(base), sendsDone }
}

type Base = { id: string; object: string; created: number; model: string }

/** Ends twice, the second time without a delta; only the first chunk has an id. */
function anthropic({ id, ...base }: Base): Dialect {
  const chunk = (chunkId: string, choice: object, usage: Usage | null = null) => ({
    id: chunkId,
    choices: [{ index: 0, ...choice }],
    ...base,
    usage,
  })
  const spoken = (content: string, more: object = {}) => ({
    delta: { content, role: "assistant", refusal: null, ...more },
  })
  return {
    name: "anthropic",
    open: () => [chunk(`msg_01${token(id, 22)}`, spoken(""))],
    delta: ({ content = "", thought, refusal, tool_calls }) =>
      chunk(
        "",
        spoken(content, {
          ...(thought && { reasoning_content: thought }),
          ...(refusal && { refusal }),
          ...(tool_calls && { tool_calls }),
        }),
      ),
    close: (finish_reason, usage, cost) => [
      chunk("", { ...spoken(""), finish_reason }, usage),
      { ...chunk("", { finish_reason }), meta: { usage: cost } },
    ],
    sendsDone: false,
  }
}

function openai({ id, ...base }: Base): Omit<Dialect, "sendsDone"> {
  const constant = {
    service_tier: "default",
    system_fingerprint: `fp_${token(base.model, 10).toLowerCase()}`,
  }
  let sent = 0
  const chunk = (choices: object[], usage: Usage | null = null) => ({
    id: `chatcmpl-${token(id, 29)}`,
    ...base,
    ...constant,
    choices,
    usage,
    // Random padding, so that the length of a chunk on the wire does not give away its text.
    obfuscation: token(`${id} ${sent++}`, 2 + (hash(`${id} ${sent}`) % 14)),
  })
  const choice = (delta: object, finish_reason: FinishReason | null = null) => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason,
  })
  return {
    name: "openai",
    open: () => [chunk([choice({ role: "assistant", content: "", refusal: null })])],
    delta: ({ content, refusal, tool_calls }) =>
      chunk([
        choice({
          ...(content !== undefined && { content }),
          ...(refusal && { refusal }),
          ...(tool_calls && { tool_calls }),
        }),
      ]),
    close: (finishReason, usage, cost) => [
      chunk([choice({}, finishReason)]),
      { ...chunk([], usage), meta: { usage: cost } },
    ],
  }
}

function openrouter({ id, ...base }: Base, model: Model): Omit<Dialect, "sendsDone"> {
  const chunk = (choices: object[]) => ({
    id: `gen-${base.created}-${token(id, 20)}`,
    provider: model.info.developer,
    ...base,
    choices,
  })
  const choice = (delta: object, finish: FinishReason | null = null) => ({
    index: 0,
    delta: { role: "assistant", content: "", ...delta },
    finish_reason: finish,
    native_finish_reason: finish,
    logprobs: null,
  })
  return {
    name: "openrouter",
    open: () => [],
    delta: ({ thought, ...delta }) =>
      chunk([
        choice(
          thought
            ? {
                reasoning: thought,
                reasoning_details: [
                  { type: "reasoning.text", text: thought, format: "unknown", index: 0 },
                ],
              }
            : delta,
        ),
      ]),
    close: (finishReason, usage, cost) => [
      chunk([choice({}, finishReason)]),
      {
        ...chunk([]),
        usage: { ...usage, cost: cost.usd_spent, is_byok: false },
        meta: { usage: cost },
      },
    ],
  }
}

/** Thoughts and words in two members that are always both there, one of them null. */
function qwen({ id, ...base }: Base): Omit<Dialect, "sendsDone"> {
  const chunk = (choices: object[], usage: Usage | null = null) => ({
    id: `chatcmpl-${id}`,
    choices,
    ...base,
    usage,
  })
  const choice = (delta: object, finish_reason: FinishReason | null = null) => ({
    delta,
    index: 0,
    finish_reason,
  })
  const silent = { content: null, refusal: null, reasoning_content: null }
  return {
    name: "qwen",
    open: () => [chunk([choice({ ...silent, role: "assistant", reasoning_content: "" })])],
    delta: ({ thought, ...delta }) =>
      chunk([choice({ ...silent, ...delta, reasoning_content: thought ?? null })]),
    close: (finishReason, usage, cost) => [
      chunk([choice({ ...silent, content: "" }, finishReason)]),
      { ...chunk([], usage), meta: { usage: cost } },
    ],
  }
}

function plain({ id, ...base }: Base): Omit<Dialect, "sendsDone"> {
  const chunk = (choices: object[]) => ({ id, ...base, choices })
  const choice = (delta: object, finish_reason: FinishReason | null = null) => ({
    index: 0,
    delta,
    finish_reason,
  })
  return {
    name: "plain",
    open: () => [chunk([choice({ role: "assistant", content: "" })])],
    delta: ({ thought, ...delta }) =>
      chunk([choice({ ...delta, ...(thought && { reasoning_content: thought }) })]),
    close: (finishReason, usage, cost) => [
      chunk([choice({}, finishReason)]),
      { ...chunk([]), usage, meta: { usage: cost } },
    ],
  }
}
