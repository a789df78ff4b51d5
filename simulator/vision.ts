import { z } from "zod"
import { accept } from "./accept"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { visionId } from "./hidden"
import { visionFeatures } from "./hidden-schemas"
import { nameOfAddress, sourceAt } from "./reading/source"
import { annotate, type Feature, seenIn } from "./vision/annotate"

const requestSchema = z.object({
  image: z.object({ source: z.object({ imageUri: z.string() }) }),
  features: z.array(z.object({ type: z.enum(visionFeatures), maxResults: z.number().optional() })),
  imageContext: z
    .object({ cropHintsParams: z.object({ aspectRatios: z.array(z.number()) }).optional() })
    .optional(),
})

const imageSchema = requestSchema.pick({ image: true })

function promptOf(body: Record<string, unknown>): string {
  const parsed = imageSchema.safeParse(body)
  return parsed.success ? nameOfAddress(parsed.data.image.source.imageUri) : ""
}

async function look(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await accept(exchange, "vision", promptOf, { model: visionId })
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const { image, features, imageContext } = requestSchema.parse(body)
  const seen = seenIn(sourceAt(exchange, image.source.imageUri))
  const ratios = imageContext?.cropHintsParams?.aspectRatios
  const wanted: Feature[] = features.map(({ type, maxResults }) => ({
    type,
    most: Math.max(0, maxResults ?? 10),
  }))
  const amounts = { image: { input: 1 } }
  exchange.sendBilled(201, annotate(seen, wanted, ratios), exchange.charge(model, amounts))
}

export const visionRoutes: Route[] = [{ method: "POST", path: /^(?:\/v1)?\/vision$/, handle: look }]
