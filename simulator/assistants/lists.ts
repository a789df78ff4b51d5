import { z } from "zod"
import { type Exchange, Refusal } from "../exchange"
import { parseQuery } from "../parse"

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  order: z.enum(["asc", "desc"]).default("desc"),
  after: z.string().optional(),
  before: z.string().optional(),
})

/** Sends a page of entries that are given oldest first. */
export function sendPage(exchange: Exchange, oldestFirst: readonly { id: string }[]): void {
  const { limit, order, after, before } = parseQuery(exchange, pageSchema)
  const ordered = order === "asc" ? [...oldestFirst] : oldestFirst.toReversed()
  const placeOf = (id: string) => {
    const index = ordered.findIndex((entry) => entry.id === id)
    if (index < 0) throw new Refusal(400, `400 There is no object with id '${id}' in this list.`)
    return index
  }
  const start = after === undefined ? 0 : placeOf(after) + 1
  const end = before === undefined ? ordered.length : placeOf(before)
  const between = ordered.slice(start, Math.max(start, end))
  // Going backwards, the page is the one just before the cursor.
  const isBackwards = before !== undefined && after === undefined
  const data = isBackwards ? between.slice(-limit) : between.slice(0, limit)
  exchange.sendJson(200, {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: between.length > data.length,
  })
}
