import { z } from "zod"
import type { Json } from "@/lib/base/json"
import { durationWords } from "./duration-words"
import { siteOf } from "./site"

// What tools do, in a line. The tools themselves are in lib/tools; one without words here is called by
// its name.

export type ToolState = "running" | "done" | "failed"
type Told = { state: ToolState; input: Json; output: Json }

const text = z.string().transform((value) => value.replace(/\s+/g, " ").trim().slice(0, 120))
const querySchema = z.looseObject({ query: text })
const urlSchema = z.looseObject({ url: text })
const expressionSchema = z.looseObject({ expression: text })
const resultSchema = z.looseObject({ result: z.number() })
const pageSchema = z.looseObject({ title: text })
const timeSchema = z.looseObject({ timezone: text })

const thingSchema = z.looseObject({
  what: z.enum(["picture", "video", "music", "speech", "shape"]),
})
const things = {
  picture: "a picture",
  video: "a video",
  music: "music",
  speech: "a recording",
  shape: "a 3D shape",
}

const lines: Readonly<Record<string, (told: Told) => string>> = {
  web_search({ state, input }) {
    const query = querySchema.safeParse(input).data?.query
    const what = query ? ` for “${query}”` : ""
    return sentence(state, {
      running: `Searching the web${what}…`,
      done: `Searched the web${what}`,
      failed: `Could not search the web${what}`,
    })
  },
  make_media({ state, input }) {
    const what = thingSchema.safeParse(input).data?.what
    const thing = what ? things[what] : "something"
    return sentence(state, {
      running: `Having ${thing} made…`,
      done: `Had ${thing} made`,
      failed: `Could not have ${thing} made`,
    })
  },
  file_search({ state, input }) {
    const query = querySchema.safeParse(input).data?.query
    const what = query ? ` for “${query}”` : ""
    return sentence(state, {
      running: `Searching the files${what}…`,
      done: `Searched the files${what}`,
      failed: `Could not search the files${what}`,
    })
  },
  read_page({ state, input, output }) {
    const url = urlSchema.safeParse(input).data?.url
    const site = url ? siteOf(url) : "a page"
    const title = pageSchema.safeParse(output).data?.title
    return sentence(state, {
      running: `Reading ${site}…`,
      done: title && title !== site ? `Read “${title}” on ${site}` : `Read ${site}`,
      failed: `Could not read ${site}`,
    })
  },
  calculate({ state, input, output }) {
    const expression = expressionSchema.safeParse(input).data?.expression ?? ""
    const result = resultSchema.safeParse(output).data?.result
    return sentence(state, {
      running: `Calculating ${expression}…`,
      done:
        result === undefined ? `Calculated ${expression}` : `Calculated ${expression} = ${result}`,
      failed: `Could not calculate ${expression}`.trim(),
    })
  },
  current_time({ state, input }) {
    const zone = timeSchema.safeParse(input).data?.timezone
    const where = zone ? ` in ${zone.split("/").at(-1)?.replaceAll("_", " ")}` : ""
    return sentence(state, {
      running: `Looking at the clock${where}…`,
      done: `Looked at the clock${where}`,
      failed: `Could not tell the time${where}`,
    })
  },
}

/** What a call does or did, such as "Searched the web for “tall ships” · 1.2 s". */
export function toolWords(name: string, told: Told & { durationMs: number | null }): string {
  const line = Object.hasOwn(lines, name) ? lines[name]?.(told) : undefined
  const words = line ?? sentence(told.state, anyTool(name))
  // What takes no time to speak of needs none told.
  const isLong = told.durationMs !== null && told.durationMs >= 100
  return isLong ? `${words} · ${durationWords(told.durationMs ?? 0)}` : words
}

function anyTool(name: string): Record<ToolState, string> {
  return { running: `Using ${name}…`, done: `Used ${name}`, failed: `${name} failed` }
}

function sentence(state: ToolState, sentences: Record<ToolState, string>): string {
  return sentences[state]
}
