import { z } from "zod"

// Structured search results, each shown as a card under the answer. Untrusted: rendered as plain text, and
// addresses are opened only on a click.

const text = z.string().max(2_000)
const address = z.string().max(2_000)

/** A cited page. The number in the text is its 1-based index in the list. */
export const sourceSchema = z.object({
  url: address,
  title: text,
  /** Publication or modification date as reported by the service. */
  date: text.optional(),
  snippet: text.optional(),
})
export type Source = z.infer<typeof sourceSchema>

const pictureSchema = z.object({ url: address, title: text, pageUrl: address.optional() })
const filmSchema = z.object({ url: address, title: text, thumbnailUrl: address.optional() })
const daySchema = z.object({
  day: text,
  high: text.optional(),
  low: text.optional(),
  sky: text.optional(),
})
const factSchema = z.object({ label: text, value: text })

export const cardSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pictures"), items: z.array(pictureSchema).max(50) }),
  z.object({ kind: z.literal("films"), items: z.array(filmSchema).max(50) }),
  z.object({
    kind: z.literal("weather"),
    place: text,
    temperature: text,
    unit: text.optional(),
    sky: text.optional(),
    facts: z.array(factSchema).max(20),
    days: z.array(daySchema).max(14),
  }),
  z.object({
    kind: z.literal("map"),
    url: address,
    imageUrl: address.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  z.object({
    kind: z.literal("knowledge"),
    title: text,
    type: text.optional(),
    description: text.optional(),
    facts: z.array(factSchema).max(40),
  }),
  /** Suggested follow-up questions. */
  z.object({ kind: z.literal("questions"), items: z.array(text).max(20) }),
])
export type Card = z.infer<typeof cardSchema>
