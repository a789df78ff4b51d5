// What tasks that end in a film or in music have in common: ids, words, and how they are told.
import { z } from "zod"
import type { Accepted } from "../accept"
import type { Amounts, Model } from "../catalogue"
import { type Exchange, Refusal } from "../exchange"
import type { JobState } from "../jobs"
import { prefixOf } from "../key-prefix"
import { perSimulator, Recent } from "../per-simulator"
import { refuseQuery } from "../query"
import { chance, pick, token } from "../random"
import type { Plan } from "../scenarios"
import { fieldsOf } from "../siblings"
import { type Operation, responseSchemaOf } from "../specs"

type Kind = "video" | "music"

/** A submitted task. */
interface Task {
  id: string
  kind: Kind
  model: Model
  operation: Operation | undefined
  pace: Plan["job"]
  startedAt: number
  keyPrefix: string
}

/** What a task does and what it is paid for. */
interface Order {
  id: string
  amounts: Amounts
  /** Members of the request that decide the price. */
  request: Record<string, unknown>
  work: () => object
}

const tasks = perSimulator(() => new Recent<Task>())

/** An id for a task of a model, in the way in which that model's ids look. */
export function taskIdOf({ id }: Model, uuid: string): string {
  const way = pick(`task id ${id}`, ["named", "named", "named", "plain", "nanoid", "digits"])
  // A header carries the id too.
  if (way === "named" && /^[\x21-\x7e]+$/.test(id)) return `${uuid}:${id}`
  if (way === "nanoid") return token(uuid, 21)
  if (way === "digits")
    return String(2e14 + Number.parseInt(uuid.replaceAll("-", "").slice(0, 11), 16))
  return uuid
}

type Words = Record<JobState["status"], string>

const documentedWords: Words = {
  queued: "queued",
  generating: "generating",
  completed: "completed",
  error: "error",
}

/** The words for the stages of a task; every model keeps to one vocabulary. */
function wordsOf({ id }: Model): Words {
  if (chance(`documented words ${id}`, 0.6)) return documentedWords
  return pick(`task words ${id}`, [
    { ...documentedWords, queued: "waiting", generating: "active" },
    { ...documentedWords, generating: "processing" },
    { ...documentedWords, generating: "dreaming", error: "failed" },
    { queued: "queued", generating: "processing", completed: "succeeded", error: "failed" },
  ])
}

const progressSchema = z.object({ properties: z.looseObject({ progress: z.unknown() }) })

/** How far a task is, for models whose documents name a member for that. */
function progressOf({ operation, pace, startedAt }: Task, { status }: JobState) {
  const schema = operation && responseSchemaOf(operation)
  const hasProgress = "progress" in (progressSchema.safeParse(schema).data?.properties ?? {})
  if (!hasProgress || status === "error") return {}
  const share = (Date.now() - startedAt - pace.queueMs) / Math.max(1, pace.generatingMs)
  const percent =
    status === "completed" ? 100 : Math.floor(Math.max(0, Math.min(0.99, share)) * 100)
  return { progress: percent }
}

const fieldSchema = z.object({ default: z.unknown() })

/** What the documents say is meant where a request says nothing. */
export function defaultsOf(
  { simulator }: Exchange,
  kind: Kind,
  model: Model,
): Record<string, unknown> {
  const fields = fieldsOf(simulator.catalogue, kind, model) ?? {}
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = fieldSchema.safeParse(field).data?.default
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** The members of a request that can decide a price: no files, no long texts. */
export function tellingOf(body: Record<string, unknown>): Record<string, unknown> {
  const isTelling = (value: unknown) =>
    ["number", "boolean"].includes(typeof value) ||
    (typeof value === "string" && value.length < 100)
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isTelling(value)))
}

/** What the books say of something that was made, whatever it is paid by. */
export function amountsOf(seconds: number, text: string): Amounts {
  const length = Math.max(1, Math.ceil(seconds))
  const characters = [...text].length
  return {
    second: { input: length, output: length },
    video: { input: 1, output: 1 },
    image: { input: 1, output: 1 },
    generation: { input: 1, output: 1 },
    character: { input: characters, output: characters },
    token: { input: Math.ceil(characters / 4), output: length * 100 },
  }
}

/** Starts a task under its id, which the answer to this request is known by from now on. */
export function startTask(
  exchange: Exchange,
  kind: Kind,
  { model, operation, plan }: Pick<Accepted, "model" | "operation" | "plan">,
  { id, amounts, request, work }: Order,
): void {
  const { simulator, response, clientRequestId } = exchange
  const pace = plan.job
  const charge = { model, amounts, request: tellingOf(request) }
  simulator.jobs.start({ id, plan: pace, charge, clientRequestId, work })
  const keyPrefix = prefixOf(exchange.bearer)
  const task = { id, kind, model, operation, pace, startedAt: Date.now(), keyPrefix }
  tasks(simulator).set(id, task)
  response.setHeader("x-inference-id", id)
}

/** Answers a request with the task that it started. */
export function sendStarted(exchange: Exchange, model: Model, named: object): void {
  const status = chance(`created ${model.id}`, 0.25) ? 201 : 200
  exchange.sendJson(status, { ...named, status: wordsOf(model).queued })
}

/** Refuses an id that nothing is known of. */
export function refuseTask({ response }: Exchange, id: string): never {
  response.removeHeader("x-inference-id")
  throw new Refusal(404, `Generation ${id} not found`)
}

/** Tells how far the task is that a query asks for. */
export async function tellTask(exchange: Exchange, kind: Kind, idName: string): Promise<void> {
  exchange.requireKey()
  const { simulator, response, url } = exchange
  const id = url.searchParams.get("generation_id")
  if (!id) refuseQuery("Required")
  const task = tasks(simulator).get(id)
  const state = task?.kind === kind ? await simulator.jobs.look(id, simulator.ledger) : undefined
  if (!task || !state) refuseTask(exchange, id)
  response.setHeader("x-inference-id", id)
  const status = wordsOf(task.model)[state.status]
  const told = { [idName]: id, status, ...progressOf(task, state) }
  if (state.status === "completed") {
    return exchange.sendBilled(200, { ...told, ...state.result }, state.cost)
  }
  exchange.sendJson(200, state.status === "error" ? { ...told, error: state.error } : told)
}
