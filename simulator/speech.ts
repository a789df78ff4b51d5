import { z } from "zod"
import { accept, firstText, refuseBody } from "./accept"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import type { Plan } from "./scenarios"
import { fieldsOf } from "./siblings"
import { deliveryOf } from "./speech/delivery"
import { speak } from "./speech/voice"

const chunkBytes = 16 * 1024
/** About seven minutes. What is longer is paid for, but not worth the wait. */
const mostSpokenCharacters = 6_000

const textOf = (body: Record<string, unknown>) => firstText(body, "text", "script", "input")

/** What is heard of a text: a script names its speakers, but nobody speaks their names. */
function spokenOf(text: string): string {
  return text
    .replace(/^Speaker \d+:[ \t]*/gm, "")
    .trim()
    .slice(0, mostSpokenCharacters)
}

const canStreamSchema = z.looseObject({ enum: z.array(z.unknown()).optional() })

/** Some models answer with the sound itself, others with where it is. Their schemas tell them apart. */
function answersWithSound(fields: Record<string, unknown> = {}): boolean {
  if ("container" in fields || "output_format" in fields) return true
  const stream = canStreamSchema.safeParse(fields.stream)
  // Where it can only be false, the member is there for form's sake.
  return stream.success && (stream.data.enum?.includes(true) ?? true)
}

/** Sends the sound in pieces, as it would come from a voice that is still speaking. */
async function sendSound(
  exchange: Exchange,
  status: number,
  sound: Buffer,
  plan: Plan,
  book: () => void,
) {
  exchange.begin(status, "audio/wav")
  const { response, entry } = exchange
  for (let at = 0; at < sound.length; at += chunkBytes) {
    if (plan.broken && entry.chunksSent >= plan.broken.afterChunks) {
      if (plan.broken.name === "stall") return await exchange.hang()
      return await exchange.reset()
    }
    const isLast = at + chunkBytes >= sound.length
    if (isLast) book()
    response.write(sound.subarray(at, at + chunkBytes))
    entry.chunksSent++
    if (!(await exchange.pause(1))) return
  }
  response.end()
}

async function speech(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await accept(exchange, "speech", textOf)
  const text = textOf(body)
  if (text.trim() === "") refuseBody(exchange, [{ path: "text", message: "Required" }])
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const characters = [...text].length
  const amounts = {
    character: { input: characters },
    token: { input: Math.ceil(characters / 4), output: 0 },
    generation: { output: 1 },
  }
  const sound = speak(spokenOf(text), deliveryOf(body, model.id))
  const status = chance(`created ${model.id}`, 0.25) ? 201 : 200
  const { media, catalogue } = exchange.simulator
  const fields = fieldsOf(catalogue, "speech", model)
  if (answersWithSound(fields)) {
    await sendSound(exchange, status, sound, plan, () => exchange.charge(model, amounts, body))
    return
  }
  const url = exchange.baseUrl + media.put(exchange.inferenceId, "speech.wav", sound, "audio/wav")
  const answer = {
    audio: chance(`plain audio ${model.id}`, 0.15) ? url : { url },
    ...(!fields && { usage: { characters } }),
  }
  exchange.sendBilled(status, answer, exchange.charge(model, amounts, body))
}

export const speechRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1(?:\/playground)?)?\/tts$/, handle: speech },
]
