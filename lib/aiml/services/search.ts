import { z } from "zod"
import { jsonEndpoint } from "./endpoint"

// What a search model found besides its answer, asked for by the id of that answer. Nothing found comes
// as an empty list or an empty object.

const query = ["followup_id"]
const text = z.string().nullish()
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.union([z.array(entry), z.looseObject({}).transform(() => [])])

export const links = jsonEndpoint("GET", "/v1/bagoodex/links", list(z.string()), query)
export const images = jsonEndpoint(
  "GET",
  "/v1/bagoodex/images",
  list(z.looseObject({ source: text, original: text, title: text, source_name: text })),
  query,
)
export const videos = jsonEndpoint(
  "GET",
  "/v1/bagoodex/videos",
  list(z.looseObject({ link: text, thumbnail: text, title: text })),
  query,
)
export const weather = jsonEndpoint("GET", "/v1/bagoodex/weather", z.looseObject({}), query)
export const localMap = jsonEndpoint(
  "GET",
  "/v1/bagoodex/local-map",
  z.looseObject({ link: text, image: text }),
  query,
)
export const knowledge = jsonEndpoint("GET", "/v1/bagoodex/knowledge", z.looseObject({}), query)

/** All of them by the name of what they find. */
export const findings = { links, images, videos, weather, localMap, knowledge } as const
