// One maker's own two interfaces, older than the one for all, with words and shapes of their own.
import { z } from "zod"
import { type Accepted, firstText, refuseBody } from "../accept"
import type { Catalogue } from "../catalogue"
import { documentedMessages } from "../envelope"
import { type Exchange, Refusal, type Route } from "../exchange"
import { answeredInstead } from "../gate"
import type { JobState } from "../jobs"
import { prefixOf } from "../key-prefix"
import type { ClipRequest } from "../media/clip"
import { perSimulator, Recent } from "../per-simulator"
import { refuseQuery } from "../query"
import type { Operation } from "../specs"
import { requireSpending } from "../spending"
import { validate } from "../validate"
import { clipOf, filmOf } from "./clip-request"
import { cameraMotions, lumaSchemas, type Version } from "./luma-bodies"
import { amountsOf, defaultsOf, refuseTask, startTask } from "./task"

/** The model of the catalogue that does, and is charged for, what is asked without naming one. */
const unnamedModel = "luma/ray-2"
const ownName = "ray-1-6"
/** How long a look waits for the state it names. */
const longestWaitMs = 30_000
/** By how much an extension makes a film longer. */
const extensionSeconds = 5

interface Film {
  id: string
  version: Version
  createdAt: string
  keyPrefix: string
  clip: ClipRequest
  request: Record<string, unknown>
}

const films = perSimulator(() => new Recent<Film>())

const words: Record<JobState["status"], string> = {
  queued: "queued",
  generating: "dreaming",
  completed: "completed",
  error: "failed",
}
const awaitable = ["queued", "dreaming", "completed"]

// Made once, since validators are kept by it.
const ownOperation = (version: Version): Operation => ({
  kind: "video",
  method: "POST",
  path: "",
  contentType: "application/json",
  models: [ownName],
  request: null,
  parameters: [],
  responses: {},
  requestSchema: lumaSchemas[version],
})
const ownOperations = { v1: ownOperation("v1"), v2: ownOperation("v2") }

const promptOf = (body: Record<string, unknown>) => firstText(body, "prompt", "user_prompt")
const bodySchema = z.record(z.string(), z.unknown())

function modelAndOperation(catalogue: Catalogue, name: unknown, version: Version) {
  const named = typeof name === "string" && name !== ownName ? catalogue.find(name) : undefined
  const operation = named && catalogue.operationFor("video", named)
  if (named && operation) return { model: named, operation }
  return { model: catalogue.find(unnamedModel), operation: ownOperations[version] }
}

/** The checks of `accept`, for bodies that need no model or name one that only stands here. */
async function acceptFilm(exchange: Exchange, version: Version): Promise<Accepted> {
  exchange.requireKey()
  const raw = bodySchema.safeParse(await exchange.readBody())
  if (!raw.success) throw new Refusal(400, `${documentedMessages[400]}\nExpected object`)
  const { data: body } = raw
  const { simulator, entry } = exchange
  entry.prompt = promptOf(body)
  const { model, operation } = modelAndOperation(simulator.catalogue, body.model, version)
  if (!model) throw new Refusal(404, "Model is deprecated")
  exchange.model = model
  refuseBody(exchange, validate(operation, body))
  requireSpending(exchange)
  return { body, model, operation, plan: simulator.rules.planFor(entry.prompt) }
}

/** Starts a film and answers with it as queued. `before` is the film that is to go on. */
async function start(exchange: Exchange, version: Version, before?: Film): Promise<void> {
  const accepted = await acceptFilm(exchange, version)
  const { body, model, plan } = accepted
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const { inferenceId: id, simulator } = exchange
  const asked = clipOf(exchange, model, body, promptOf(body))
  const clip = before
    ? { ...before.clip, durationSeconds: before.clip.durationSeconds + extensionSeconds }
    : asked.clip
  const film = filmOf(exchange, clip)
  startTask(exchange, "video", accepted, {
    id,
    amounts: amountsOf(before ? extensionSeconds : asked.seconds, promptOf(body)),
    request: { ...defaultsOf(exchange, "video", model), ...body },
    work: () => ({ video: film() }),
  })
  const createdAt = new Date().toISOString()
  const keyPrefix = prefixOf(exchange.bearer)
  const made: Film = { id, version, createdAt, keyPrefix, clip, request: body }
  films(simulator).set(id, made)
  exchange.sendJson(201, told(made, { status: "queued" }))
}

const resultSchema = z.object({ video: z.object({ url: z.string() }) })

/** A film in the words of its interface. */
function told(film: Film, state: JobState): object {
  const { id, version, createdAt, request } = film
  const result = state.status === "completed" ? resultSchema.parse(state.result) : undefined
  const common = {
    id,
    state: words[state.status],
    failure_reason: state.status === "error" ? state.error.message : null,
    created_at: createdAt,
  }
  if (version === "v1") {
    const { url } = result?.video ?? {}
    return { ...common, prompt: promptOf(request), liked: null, video: url ? { url } : null }
  }
  return {
    generation_type: "video",
    ...common,
    assets: result ? { video: result.video.url } : null,
    model: request.model ?? ownName,
    request,
  }
}

async function stateOf({ simulator }: Exchange, id: string): Promise<JobState | undefined> {
  return await simulator.jobs.look(id, simulator.ledger)
}

/** The state of a film once it is as far as wanted, or after the longest wait. */
async function awaitedState(exchange: Exchange, id: string, wanted: string | null) {
  if (wanted !== null && !awaitable.includes(wanted)) {
    const expected = awaitable.map((word) => `'${word}'`).join(" | ")
    refuseQuery(`Invalid enum value. Expected ${expected}, received '${wanted}'`)
  }
  const until = Date.now() + longestWaitMs
  const isReached = ({ status }: JobState) =>
    wanted === null ||
    status === "error" ||
    awaitable.indexOf(words[status]) >= awaitable.indexOf(wanted)
  let state = await stateOf(exchange, id)
  while (state && !isReached(state) && Date.now() < until && (await exchange.pause(100))) {
    state = await stateOf(exchange, id)
  }
  return state
}

/** Tells of the one film that a query names. */
async function look(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const { searchParams } = exchange.url
  const id = searchParams.get("generation_id")
  if (!id) refuseQuery("Required")
  const film = films(exchange.simulator).get(id)
  const state = film && (await awaitedState(exchange, id, searchParams.get("state")))
  if (!film || !state) refuseTask(exchange, id)
  exchange.response.setHeader("x-inference-id", id)
  if (state.status === "completed") {
    return exchange.sendBilled(200, told(film, state), state.cost)
  }
  exchange.sendJson(200, told(film, state))
}

async function sendFilms(exchange: Exchange, wanted: (Film | undefined)[]): Promise<void> {
  const list: object[] = []
  for (const film of wanted) {
    const state = film && (await stateOf(exchange, film.id))
    if (film && state) list.push(told(film, state))
  }
  exchange.sendJson(200, list)
}

/** Tells of all films that a query names, in a list or between commas. */
async function lookAtMany(exchange: Exchange, name: string): Promise<void> {
  exchange.requireKey()
  const { searchParams } = exchange.url
  const ids = [name, `${name}[]`]
    .flatMap((key) => searchParams.getAll(key))
    .flatMap((value) => value.split(","))
    .filter((id) => id !== "")
  if (ids.length === 0) refuseQuery("Required")
  await sendFilms(
    exchange,
    [...new Set(ids)].map((id) => films(exchange.simulator).get(id)),
  )
}

/** Tells of the films of this key. */
async function list(exchange: Exchange): Promise<void> {
  if (exchange.url.searchParams.has("generation_id")) return await look(exchange)
  exchange.requireKey()
  const own = [...films(exchange.simulator).values()].filter(
    ({ version, keyPrefix }) => version === "v1" && keyPrefix === prefixOf(exchange.bearer),
  )
  await sendFilms(exchange, own)
}

async function extend(exchange: Exchange, [id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const film = films(exchange.simulator).get(id)
  const state = film && (await stateOf(exchange, id))
  if (!film || !state) refuseTask(exchange, id)
  if (state.status !== "completed") {
    throw new Refusal(400, "Only a completed generation can be extended")
  }
  await start(exchange, "v1", film)
}

async function lookAtOnes(exchange: Exchange): Promise<void> {
  if (exchange.url.searchParams.has("generation_id")) return await look(exchange)
  await lookAtMany(exchange, "ids")
}

function motions(exchange: Exchange): void {
  exchange.requireKey()
  exchange.sendJson(200, cameraMotions)
}

const v2 = (name: string) => new RegExp(`^/v2/generate/video/luma-ai/${name}$`)
const v1 = (name: string) => new RegExp(`^(?:/v1)?/luma-ai/${name}$`)

export const lumaRoutes: Route[] = [
  { method: "POST", path: v2("generation"), handle: (exchange) => start(exchange, "v2") },
  { method: "GET", path: v2("generation"), handle: look },
  {
    method: "GET",
    path: v2("generations"),
    handle: (exchange) => lookAtMany(exchange, "generation_ids"),
  },
  { method: "GET", path: v2("camera-motions"), handle: motions },
  { method: "POST", path: v1("generations"), handle: (exchange) => start(exchange, "v1") },
  { method: "GET", path: v1("generations"), handle: list },
  { method: "GET", path: v1("generation"), handle: lookAtOnes },
  { method: "POST", path: v1("generations/([^/]+)/extend"), handle: extend },
]
