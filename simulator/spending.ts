import { type Exchange, Refusal } from "./exchange"
import { isManagement, isOverLimit, prefixOf } from "./key-store"

/** The scope a key needs for each kind of service. */
const scopes: Record<string, string> = {
  chat: "model:chat",
  messages: "model:chat",
  moderation: "model:chat",
  responses: "model:responses",
  image: "model:image",
  "3d": "model:image",
  video: "model:video",
  music: "model:audio",
  speech: "model:speech",
  transcription: "model:speech",
  embedding: "model:embeddings",
  ocr: "model:ocr",
}

const overLimit =
  "You have exhausted the available [plan.rule:api_token] resource limit. Update your payment method to continue using the service. For more information please visit https://aimlapi.com/app/billing"

/** Refuses a model to a key that may not call it, or that nobody would pay for. All of it is a 403. */
export function requireSpending({ bearer, simulator }: Exchange, kind: string): void {
  if (isManagement(bearer)) throw new Refusal(403, "A management key cannot call models")
  const key = simulator.keys.get(prefixOf(bearer))
  const scope = scopes[kind]
  if (scope && key?.scopes && !key.scopes.includes(scope)) {
    throw new Refusal(403, `This API key lacks the scope ${scope}`)
  }
  if (key && isOverLimit(key, simulator.ledger)) throw new Refusal(403, overLimit)
  if (simulator.ledger.balanceCredits <= 0) throw new Refusal(403)
}
