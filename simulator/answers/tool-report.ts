import { z } from "zod"
import { excerpt } from "./question"

const json = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
})

const searchSchema = z.looseObject({
  answer: z.string(),
  sources: z.array(z.looseObject({ title: z.string(), url: z.string() })),
})
const pageSchema = z.looseObject({ title: z.string(), url: z.string(), text: z.string() })
const sumSchema = z.looseObject({ expression: z.string(), result: z.number() })
const timeSchema = z.looseObject({ iso: z.string(), words: z.string() })

/** The result of a search in words, with the numbers of its sources. */
function searchReport({ answer, sources }: z.infer<typeof searchSchema>): string {
  // Of another simulated answer only what it says, not that it is simulated.
  const said = answer
    .replace(/^_[^\n]*simulator[^\n]*_\n+/, "")
    .replace(/\n*\*The simulator searches nothing[^\n]*\*\s*$/, "")
    .trim()
  const all = sources.map((_, index) => `[${index + 1}]`).join("")
  if (said === "") return `The search found ${sources.length} pages, but no answer. ${all}`
  if (/\[\d+\]/.test(said) || sources.length === 0) return said
  return `${said}\n\nThis is what these pages say. ${all}`
}

function pageReport({ title, url, text }: z.infer<typeof pageSchema>): string {
  const words = text.split(/\s+/).filter(Boolean).length
  const isReal = /^https?:/.test(url)
  return `**${title}** begins like this:

> ${excerpt(text, 400)}

It has about ${words} words in all.${isReal ? " [1]" : ""}`
}

/** What a tool gave back, as an answer that uses it; as it came where it is of no known shape. */
export function toolReport(result: string): string {
  const value = json.parse(result)
  const search = searchSchema.safeParse(value)
  if (search.success) return searchReport(search.data)
  const page = pageSchema.safeParse(value)
  if (page.success) return pageReport(page.data)
  const sum = sumSchema.safeParse(value)
  if (sum.success) return `\`${sum.data.expression}\` is **${sum.data.result}**.`
  const time = timeSchema.safeParse(value)
  if (time.success) return `It is **${time.data.words}**.`
  return asItCame(result)
}

function asItCame(result: string): string {
  const shown = result.length > 600 ? `${result.slice(0, 600)}…` : result
  const fence = /^\s*[[{]/.test(result) ? "json" : "text"
  return `The tool has answered, and this is what came back:

\`\`\`${fence}
${shown.replaceAll("```", "'''")}
\`\`\`

A real model would now put this into its own words. What matters for the app is that the result travelled back under the right call.`
}
