import { z } from "zod"
import { AppError } from "@/lib/errors"
import { modelIdSchema } from "@/lib/message"
import { route } from "@/lib/server/route"
import { aiml } from "@/lib/server/wiring"

const query = z.object({ model: modelIdSchema })

/** What one model takes: its text, its files, its settings, drawn from the model's own schema. */
export const GET = route({ query }, async ({ query: { model: id } }) => {
  const place = await aiml().catalogue.whereIs(id)
  if (place.state === "retired" || !place.model) throw new AppError("not_found")
  return await aiml().form(place.model)
})
