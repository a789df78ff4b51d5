import { z } from "zod"
import { accept, firstText, refuseBody } from "./accept"
import { type Catalogue, kindsOf, type Model } from "./catalogue"
import { documentedMessages } from "./envelope"
import { type Exchange, Refusal, type Route } from "./exchange"
import type { Upload } from "./form"
import { answeredInstead } from "./gate"
import { composeMelody } from "./media/melody"
import { token } from "./random"
import type { Plan } from "./scenarios"
import type { Operation } from "./specs"
import { writeWav } from "./speech/wav"
import { requireSpending } from "./spending"
import { validate } from "./validate"
import {
  amountsOf,
  defaultsOf,
  sendStarted,
  startTask,
  taskIdOf,
  tellingOf,
  tellTask,
} from "./video/task"

/** What music lasts at most here; what is asked for beyond is paid for, but not played. */
const longestSeconds = 60
const usualSeconds = 20
const sungCharactersPerSecond = 12

/** The older model for songs, and the one whose price it has. */
const songModel = "music-01"
const pricedAs = "minimax-music"
const songAddress = "/v2/generate/audio/minimax/generate"

const lengthSchema = z.object({
  seconds_total: z.coerce.number().positive().optional().catch(undefined),
  music_length_ms: z.coerce.number().positive().optional().catch(undefined),
})

const wordsIn = (body: Record<string, unknown>) => firstText(body, "prompt", "lyrics")

/** How long the music is to be: as asked for, or as long as it takes to sing the words. */
function secondsOf(exchange: Exchange, model: Model, body: Record<string, unknown>): number {
  const members = { ...defaultsOf(exchange, "music", model), ...body }
  const { seconds_total, music_length_ms } = lengthSchema.parse(members)
  const asked = seconds_total ?? (music_length_ms && music_length_ms / 1000)
  if (asked) return asked
  const lyrics = firstText(body, "lyrics")
  return lyrics ? Math.max(8, lyrics.length / sungCharactersPerSecond) : usualSeconds
}

/** The music itself, always the same for the same words. */
function play(body: Record<string, unknown>, wantedSeconds: number) {
  const words = [firstText(body, "prompt"), firstText(body, "lyrics")].join("\n").trim()
  const seconds = Math.min(longestSeconds, wantedSeconds)
  const { samples, sampleRate } = composeMelody(words, seconds)
  return { bytes: writeWav(samples, sampleRate, words), sampleRate, seconds }
}

async function submit(exchange: Exchange): Promise<void> {
  const accepted = await accept(exchange, "music", wordsIn)
  const { body, model, plan } = accepted
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const { simulator, baseUrl, inferenceId } = exchange
  const id = taskIdOf(model, inferenceId)
  const seconds = secondsOf(exchange, model, body)
  startTask(exchange, "music", accepted, {
    id,
    amounts: amountsOf(seconds, wordsIn(body)),
    request: body,
    work: () => {
      const { bytes } = play(body, seconds)
      const url = baseUrl + simulator.media.put(inferenceId, "output.wav", bytes, "audio/wav")
      const file = { content_type: "audio/wav", file_name: "output.wav", file_size: bytes.length }
      return { audio_file: { url, ...file } }
    },
  })
  sendStarted(exchange, model, { id })
}

const poll = (exchange: Exchange) => tellTask(exchange, "music", "id")

const wellDone = { status_code: 0, status_msg: "success" }

const uploadSchema = z.object({
  file: z.custom<Upload>((value) => typeof value === "object" && value !== null, {
    error: "Required",
  }),
  purpose: z.enum(["song", "voice", "instrumental"]),
})

/** Takes a recording apart into a voice and the instruments; what is wanted of it gets an id. */
async function upload(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  requireSpending(exchange)
  const parsed = uploadSchema.safeParse(await exchange.readBody())
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path }) => ({
      path: path.join("."),
      message:
        path[0] === "purpose"
          ? "Invalid enum value. Expected 'song' | 'voice' | 'instrumental'"
          : "Required",
    }))
    return refuseBody(exchange, errors)
  }
  const { purpose } = parsed.data
  const idOf = (part: string) => `${part}-${token(`${part} ${exchange.inferenceId}`, 24)}`
  exchange.sendJson(200, {
    ...(purpose !== "instrumental" && { voice_id: idOf("vocal") }),
    ...(purpose !== "voice" && { instrumental_id: idOf("instrumental") }),
    base_resp: wellDone,
  })
}

const bodySchema = z.record(z.string(), z.unknown())

/** The model of a song. The older one has left the catalogue, but its address is still served. */
function songModelOf(catalogue: Catalogue, name: unknown): Model | undefined {
  const named = typeof name === "string" ? catalogue.find(name) : undefined
  if (named && kindsOf(named.type).includes("music")) return named
  const like = name === songModel ? catalogue.find(pricedAs) : undefined
  return like && { ...like, id: songModel, aliases: [] }
}

function songOperation(catalogue: Catalogue): Operation | undefined {
  return catalogue.operations("music").find(({ path }) => path === songAddress)
}

interface Song {
  body: Record<string, unknown>
  model: Model
  plan: Plan
}

async function acceptSong(exchange: Exchange): Promise<Song> {
  exchange.requireKey()
  const raw = bodySchema.safeParse(await exchange.readBody())
  if (!raw.success) throw new Refusal(400, `${documentedMessages[400]}\nExpected object`)
  const body = { model: songModel, ...raw.data }
  const { simulator, entry } = exchange
  entry.prompt = wordsIn(body)
  const model = songModelOf(simulator.catalogue, body.model)
  if (!model) {
    const message = `Invalid literal value, expected "${songModel}"`
    refuseBody(exchange, [{ path: "model", message }])
    throw new Refusal(400)
  }
  exchange.model = model
  const operation = songOperation(simulator.catalogue)
  refuseBody(exchange, operation ? validate(operation, body) : [])
  requireSpending(exchange)
  return { body, model, plan: simulator.rules.planFor(entry.prompt) }
}

/** A song at once: the sound comes as hex digits. */
async function sing(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await acceptSong(exchange)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const { error, isEndless, queueMs, generatingMs } = plan.job
  if (!(await exchange.pause(plan.delayMs + queueMs + generatingMs))) return exchange.failed()
  const trace_id = exchange.inferenceId.replaceAll("-", "")
  if (error || isEndless) {
    exchange.failed()
    const base_resp = error
      ? { status_code: 1000, status_msg: `${error.name}: ${error.message}` }
      : wellDone
    return exchange.sendJson(200, {
      ...(!error && { data: { status: 1, audio: "" } }),
      trace_id,
      base_resp,
    })
  }
  const { bytes, sampleRate, seconds } = play(body, secondsOf(exchange, model, body))
  const facts = {
    audio_length: Math.round(seconds * 1000),
    audio_sample_rate: sampleRate,
    audio_size: bytes.length,
    bitrate: sampleRate * 16,
  }
  const answer = {
    data: { status: 2, audio: bytes.toString("hex") },
    extra_info: facts,
    trace_id,
    base_resp: wellDone,
  }
  const cost = exchange.charge(model, amountsOf(seconds, wordsIn(body)), tellingOf(body))
  exchange.sendBilled(200, answer, cost)
}

const tasks = /^\/v2\/generate\/audio$|^\/v1\/playground\/audio\/generations$/

export const musicRoutes: Route[] = [
  { method: "POST", path: tasks, handle: submit },
  { method: "GET", path: tasks, handle: poll },
  { method: "POST", path: /^\/v2\/generate\/audio\/minimax\/upload$/, handle: upload },
  { method: "POST", path: /^\/v2\/generate\/audio\/minimax\/generate$/, handle: sing },
]
