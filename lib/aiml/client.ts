import { withDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import type { Params } from "../base/json"
import type { ModelForm } from "../models/fields"
import type { Model } from "../models/model"
import { createDocuments, type KeptDocuments } from "./catalogue/model-docs"
import { checkParams, formOf, thinks } from "./catalogue/model-form"
import { withSound } from "./chat/sound"
import { plausibleFacts, plausibleUsd } from "./facts"
import { rootOf, tracedFetch } from "./http/address"
import type { CallContext, Upstream } from "./http/upstream"
import { buildRequest, type Inputs } from "./media/media-request"
import type { Progress } from "./protocol"
import { isText, protocols } from "./protocols"
import { type Embedded, embedTexts } from "./services/embed"
import { ask } from "./services/endpoint"
import { logs } from "./services/ledger"
import { type AnswerEnd, type AnswerListener, streamAnswer, type TextRequest } from "./text/answer"

export type AimlOptions = {
  /** With or without a trailing /v1; any address that speaks the same protocols. */
  baseUrl: string
  /** Without one a placeholder is sent: the simulator and local servers take any. */
  apiKey?: string | undefined
  fetch?: typeof fetch
  /** Where the models' documents survive a restart. */
  keptDocuments?: KeptDocuments
  onDocumentError?: (error: unknown, modelId: string) => void
}

/** The upstream in its own words. Knows no user and no database. */
export type Aiml = {
  /** What a model takes, whether it answers in words, and whether it can be offered tools. */
  form(model: Model): Promise<ModelForm & { isText: boolean; thinks: boolean; usesTools: boolean }>
  /** What is wrong with settings for a model, in words; empty when all is well. */
  checkParams(model: Model, params: Params): Promise<string[]>
  /**
   * Asks a model that answers in words, which the listener hears as they come. Throws AppError; what was heard
   * before is still good. `onLeftOut` gets, before anything is sent, what the model cannot be told.
   */
  answer(
    model: Model,
    request: TextRequest & { params?: Params; onLeftOut?: (words: string[]) => void },
    listener?: Partial<AnswerListener>,
  ): Promise<AnswerEnd>
  /** What `start` would send, without sending it. Throws AppError, `invalid` with what is wrong or missing. */
  plan(model: Model, making: Omit<Making, keyof CallContext>): Promise<Plan>
  /** Asks a model that makes something. Throws AppError, `invalid` with what is wrong or missing. */
  start(model: Model, making: Making): Promise<Started>
  /** Texts as vectors whose nearness is nearness of meaning. Throws AppError. */
  embed(model: Model, texts: readonly string[], context: CallContext): Promise<Embedded>
  /** What a request cost by the books, for answers that do not tell; null when they do not know it. */
  costOf(requestId: string): Promise<number | null>
  /** How far something is that was started, from any process. */
  check(started: { protocol: string; reference: string }, context: CallContext): Promise<Progress>
}

export type Making = CallContext & { inputs: Inputs; params: Params }
/** The settings that are really sent, and in words what is not. */
type Plan = { sent: Params; leftOut: string[] }
type Started = Progress & { protocol: string; leftOut: string[] }

const bookTimeoutMs = 5_000

const ignore = () => undefined

export function createAiml(options: AimlOptions): Aiml {
  const upstream: Upstream = {
    root: rootOf(options.baseUrl),
    apiKey: options.apiKey ?? "demo",
    fetch: tracedFetch(options.fetch ?? fetch),
  }
  const documents = createDocuments({
    upstream,
    kept: options.keptDocuments,
    onError: options.onDocumentError,
  })
  async function costOf(requestId: string): Promise<number | null> {
    const query = { period: "24h", limit: 50 }
    // Other servers have no books; an answer without its price is still an answer.
    const books = await withDeadline(bookTimeoutMs, undefined, (abortSignal) =>
      ask(upstream, logs, { query, requestId: newId(), abortSignal }),
    ).catch(() => null)
    const entry = books?.data.find((line) => line.client_request_id === requestId)
    return plausibleUsd(entry?.cost.usd)
  }
  async function build(model: Model, making: Omit<Making, keyof CallContext>) {
    const { protocol, operation } = await documents.accessTo(model)
    if (isText(protocol) || !operation.request) {
      throw new AppError("invalid", { message: "This model only answers in words." })
    }
    const built = buildRequest(model.id, operation.request, protocol.reading, making)
    if (built.problems) throw new AppError("invalid", { message: built.problems.join(" ") })
    return { protocol, path: operation.path, ...built }
  }
  return {
    form: async (model) => formOf(await documents.accessTo(model), model),
    checkParams: async (model, params) => checkParams(await documents.accessTo(model), params),
    async answer(model, { params = {}, onLeftOut = ignore, ...request }, listener = {}) {
      const { protocol, operation } = await documents.accessTo(model)
      if (!isText(protocol)) throw new AppError("invalid", { message: "This model makes no text." })
      const asked = withSound(params, operation.request, model)
      const call = { model: model.id, operation, params: asked, onLeftOut }
      const languageModel = protocol.languageModel(upstream, call)
      // A model that thinks is silent for longer before its first word.
      const firstMs = thinks(operation) ? request.timeouts.firstMs * 3 : request.timeouts.firstMs
      const timeouts = { ...request.timeouts, firstMs }
      const { word = ignore, toolCall = ignore, toolResult = ignore } = listener
      const ears = { word, toolCall, toolResult }
      const end = await streamAnswer(languageModel, { ...request, timeouts }, ears)
      if (end.costUsd !== null || !end.upstreamId) return end
      return { ...end, costUsd: await costOf(request.requestId) }
    },
    async plan(model, making) {
      const { sent, leftOut } = await build(model, making)
      return { sent, leftOut }
    },
    async start(model, { inputs, params, ...context }) {
      const { protocol, path, body, leftOut } = await build(model, { inputs, params })
      const progress = await protocol.start(upstream, { path, body, ...context })
      return { ...plausible(progress), protocol: protocol.name, leftOut }
    },
    embed: async (model, texts, context) =>
      embedTexts(upstream, model, await documents.accessTo(model), texts, context),
    costOf,
    async check({ protocol: name, reference }, context) {
      const protocol = protocols.find((known) => known.name === name)
      if (!protocol || isText(protocol) || !protocol.check) throw new AppError("job_gone")
      const progress = await protocol
        .check(upstream, reference, context)
        .catch((error: unknown) => {
          // It is the task that is not found: results are kept for an hour only.
          const isGone = error instanceof AppError && error.code === "model_gone"
          throw isGone ? new AppError("job_gone", { cause: error.cause }) : error
        })
      return plausible(progress)
    },
  }
}

function plausible<Reported extends Progress>(progress: Reported): Reported {
  return { ...progress, facts: plausibleFacts(progress.facts) }
}
