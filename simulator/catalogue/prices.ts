// Prices are invented for the demo: plausible in size, stable for a model id, true for none.
import { hash } from "../random"

function spread(id: string, low: number, high: number): number {
  const share = hash(`price ${id}`) / 0x1_0000_0000
  return Number((low * (high / low) ** share).toPrecision(2))
}

/** USD for a million input tokens, by the words and parameter counts a name is made of. */
function inputPrice(id: string): number {
  const name = id.toLowerCase()
  const billions = /(\d+(?:\.\d+)?)b(?![a-z])/.exec(name.replace(/^.*\//, ""))?.[1]
  if (billions) return spread(id, 0.02 + Number(billions) * 0.003, 0.05 + Number(billions) * 0.008)
  if (/\b(nano|micro|tiny|lite|air)\b/.test(name)) return spread(id, 0.05, 0.2)
  if (/\b(mini|flash|small|haiku|fast|turbo|highspeed)\b/.test(name)) return spread(id, 0.15, 0.9)
  if (/\b(opus|ultra|pro|o1|o3|fable|premier)\b/.test(name)) return spread(id, 3, 15)
  if (/\b(max|large|sonnet|sonar|gpt-[45]|grok-4)/.test(name)) return spread(id, 1.2, 4)
  return spread(id, 0.3, 2)
}

const token = (measure: string, price: number) => ({
  name: "token",
  measure,
  price: Number(price.toPrecision(3)),
  per: 1_000_000,
})

const fixed = (...units: object[]) => ({ kind: "fixed", currency: "USD", units })
const each = (name: string, measure: string, price: number, per = 1) =>
  fixed({ name, measure, price, per })

/** The `pricing` section of a model. All three kinds the vendor documents occur. */
export function pricing(id: string, kind: string): object {
  if (kind === "chat-completion") {
    const input = inputPrice(id)
    return fixed(token("input", input), token("output", input * (3 + (hash(id) % 3))))
  }
  if (kind === "embedding") return fixed(token("input", spread(id, 0.02, 0.2)))
  if (kind === "image") return each("image", "output", spread(id, 0.01, 0.12))
  if (kind === "tts" || kind === "voice-chat") {
    return each("character", "input", spread(id, 10, 120), 1_000_000)
  }
  if (kind === "stt") return each("second", "input", spread(id, 0.00006, 0.0004))
  if (kind === "ocr") return each("page", "input", spread(id, 0.001, 0.004))
  if (kind === "music") return each("generation", "output", spread(id, 0.02, 0.3))
  if (kind === "video" && hash(id) % 3 === 0) {
    const price = spread(id, 0.04, 0.2)
    return {
      kind: "variants",
      currency: "USD",
      dimensions: ["resolution"],
      variants: [
        { when: { resolution: "720p" }, price, unit: "second", per: 1 },
        {
          when: { resolution: "1080p" },
          price: Number((price * 2).toPrecision(2)),
          unit: "second",
          per: 1,
        },
      ],
    }
  }
  if (kind === "video") return each("second", "output", spread(id, 0.05, 0.5))
  return { kind: "variable", currency: "USD" }
}
