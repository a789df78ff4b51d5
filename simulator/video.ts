import { z } from "zod"
import { accept, firstText } from "./accept"
import type { Model } from "./catalogue"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { nameOfAddress } from "./reading/source"
import { type Operation, responseSchemaOf } from "./specs"
import { clipOf, filmOf } from "./video/clip-request"
import { lumaRoutes } from "./video/luma"
import { amountsOf, defaultsOf, sendStarted, startTask, taskIdOf, tellTask } from "./video/task"

const generations =
  /^(?:(?:\/v[12])?\/video|\/v2\/playground\/videos?)\/generations$|^\/v2\/generate\/video\/([^/]+)\/generation$/

const shotsSchema = z.array(z.string()).catch([])

/** The words of a request; some are told shot by shot. */
function wordsIn(body: Record<string, unknown>): string {
  const prompt = firstText(body, "prompt", "user_prompt", "lip_sync_tts_content")
  return prompt || shotsSchema.parse(body.multi_prompt).join("\n")
}

const promptOf = (body: Record<string, unknown>) =>
  wordsIn(body) || nameOfAddress(firstText(body, "image_url", "video_url"))

const answerSchema = z.object({
  properties: z.looseObject({
    video: z.looseObject({
      anyOf: z.array(z.unknown()).optional(),
      properties: z.looseObject({ duration: z.unknown() }).optional(),
    }),
  }),
})

/** How a model tells of a film: as an object or a list of them, with its length or without. */
function habitsOf({ id }: Model, operation: Operation | undefined) {
  const schema = answerSchema.safeParse(operation && responseSchemaOf(operation))
  const { anyOf, properties = {} } = schema.data?.properties.video ?? {}
  return {
    isList: chance(`film list ${id}`, schema.success ? (anyOf ? 0.5 : 0) : 0.15),
    hasDuration: "duration" in properties || chance(`film duration ${id}`, 0.3),
  }
}

/** One maker's older address names the id otherwise. */
const idNameAt = (vendor: string) => (vendor === "minimax" ? "generation_id" : "id")

async function submit(exchange: Exchange, [vendor = ""]: string[]): Promise<void> {
  const accepted = await accept(exchange, "video", promptOf)
  const { body, model, operation, plan } = accepted
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const { clip, seconds } = clipOf(exchange, model, body, wordsIn(body))
  const { isList, hasDuration } = habitsOf(model, operation)
  const film = filmOf(exchange, clip)
  const id = taskIdOf(model, exchange.inferenceId)
  startTask(exchange, "video", accepted, {
    id,
    amounts: amountsOf(seconds, wordsIn(body)),
    request: { ...defaultsOf(exchange, "video", model), ...body },
    work: () => {
      const { duration, ...file } = film()
      if (vendor === "runway") return { video: [file.url] }
      const told = hasDuration ? { ...file, duration } : file
      return { video: isList ? [told] : told }
    },
  })
  sendStarted(exchange, model, { [idNameAt(vendor)]: id })
}

const poll = (exchange: Exchange, [vendor = ""]: string[]) =>
  tellTask(exchange, "video", idNameAt(vendor))

export const videoRoutes: Route[] = [
  ...lumaRoutes,
  { method: "POST", path: generations, handle: submit },
  { method: "GET", path: generations, handle: poll },
]
