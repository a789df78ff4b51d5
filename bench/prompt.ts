/** What the scripted upstream is to answer; a question carries it in words. */
export type Script = {
  id: string
  tokens: number
  /** Tokens a second; 0 is as fast as they are taken. */
  rate: number
  /** Tokens of one chunk. */
  chunk: number
  text: "plain" | "markdown"
}

const pattern = /bench id=([\w-]+) tokens=(\d+) rate=(\d+) chunk=(\d+) text=(plain|markdown)/g

/** The question that asks for a script. */
export function toPrompt({ id, tokens, rate, chunk, text }: Script): string {
  return `bench id=${id} tokens=${tokens} rate=${rate} chunk=${chunk} text=${text}`
}

/** The script of the last question in a request's body; what was asked before stands above it. */
export function findScript(body: string): Script | null {
  const [, id, tokens, rate, chunk, text] = [...body.matchAll(pattern)].at(-1) ?? []
  if (!id) return null
  return {
    id,
    tokens: Number(tokens),
    rate: Number(rate),
    chunk: Math.max(1, Number(chunk)),
    text: text === "markdown" ? "markdown" : "plain",
  }
}

/** A script's own words at the begin and the end of a markdown answer. */
export const marks = (id: string) => ({ start: `start-${id}`, end: `end-${id}` })
