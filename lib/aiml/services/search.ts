import { z } from "zod"
import vendor from "../vendor.json" with { type: "json" }
import { jsonEndpoint } from "./endpoint"

// Additional findings of a search model, by the id of its answer. No findings are an empty list or object.

const at = vendor.search
const query = ["followup_id"]
const text = z.string().nullish()
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.union([z.array(entry), z.looseObject({}).transform(() => [])])

export const links = jsonEndpoint("GET", at.links, list(z.string()), query)
export const images = jsonEndpoint(
  "GET",
  at.images,
  list(z.looseObject({ source: text, original: text, title: text, source_name: text })),
  query,
)
export const videos = jsonEndpoint(
  "GET",
  at.videos,
  list(z.looseObject({ link: text, thumbnail: text, title: text })),
  query,
)
export const weather = jsonEndpoint("GET", at.weather, z.looseObject({}), query)
export const localMap = jsonEndpoint(
  "GET",
  at.localMap,
  z.looseObject({ link: text, image: text }),
  query,
)
export const knowledge = jsonEndpoint("GET", at.knowledge, z.looseObject({}), query)

/** All finding endpoints by name. */
export const findings = { links, images, videos, weather, localMap, knowledge } as const
