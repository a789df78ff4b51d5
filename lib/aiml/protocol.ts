import type { FileKind } from "../base/file-kinds"
import type { Json, Params } from "../base/json"
import type { CallContext, Upstream } from "./http/upstream"
import type { Reading } from "./media/media-request"
import type { Value } from "./schema/check"
import type { Operation } from "./schema/operation"
import type { StreamingModel } from "./text/answer"

/** One result of a model. Media come as an address (http or data) or as bytes. */
export type Output =
  | { type: "text"; text: string }
  | {
      type: "media"
      kind: FileKind
      source: { url: string } | { bytes: Uint8Array }
      mediaType: string | null
      name: string | null
    }
  | { type: "data"; label: string; value: Json }

export type Usage = {
  inputTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  cachedTokens: number | null
}

/** What an answer used and cost, and under which id the upstream knows it. */
export type Facts = {
  usage: Usage | null
  /** What is counted instead of tokens, such as `{ images: 2 }` or `{ seconds: 11.4 }`. */
  units: Record<string, number>
  costUsd: number | null
  upstreamId: string | null
}

/** How far something is: done, or under way with a reference to ask about later, from any process. */
export type Progress =
  | { state: "done"; outputs: Output[]; facts: Facts }
  | {
      state: "running"
      reference: string
      /** From 0 to 1. */
      progress: number | null
      /** How many are before it. */
      queuePosition: number | null
      facts: Facts
    }

type Common = {
  name: string
  /** Which addresses it speaks to. */
  path: RegExp
  /** The address where a model's own document is away. */
  address: string
  reading: Reading
  /** Members of a request that the protocol words itself; no settings. */
  spoken?: readonly string[]
  /** The request schema to go by where a model's own document is away. */
  plain: object
}

/** A protocol that answers in words as they come, through a provider of the AI SDK. */
export type TextProtocol = Common & {
  /** Files that the provider has words for. */
  attaches: readonly FileKind[]
  languageModel(upstream: Upstream, call: TextCall): StreamingModel
}

export type TextCall = {
  model: string
  operation: Operation
  params: Params
  /** Told, before anything is sent, what the model cannot be told. */
  onLeftOut: (words: string[]) => void
}

/** A protocol that makes something: `start` it, and `check` where that takes longer. */
export type MediaProtocol = Common & {
  start(upstream: Upstream, call: MediaCall): Promise<Progress>
  check?(upstream: Upstream, reference: string, context: CallContext): Promise<Progress>
}

type MediaCall = CallContext & { path: string; body: Record<string, Value> }

export type Protocol = TextProtocol | MediaProtocol
