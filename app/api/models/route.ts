import { route } from "@/lib/people/route"
import { catalogue } from "@/lib/upstream/catalogue"
import { isKnown, listModels } from "@/lib/upstream/listed-models"

/** The catalogue for the model picker; supports conditional requests. */
export const GET = route({}, async ({ request }) => {
  const { json, etag } = listModels(await catalogue().browse())
  const headers = { etag, "cache-control": "private, no-cache" }
  if (isKnown(etag, request.headers.get("if-none-match"))) {
    return new Response(null, { status: 304, headers })
  }
  return new Response(json, { headers: { ...headers, "content-type": "application/json" } })
})
