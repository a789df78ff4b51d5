/** The answer the scripted upstream should give; the question contains it as text. */
export type Script = {
  id: string
  tokens: number
  /** Tokens per second; 0 is unlimited. */
  rate: number
  /** Tokens per chunk. */
  chunk: number
  text: "plain" | "markdown"
}

const pattern = /bench id=([\w-]+) tokens=(\d+) rate=(\d+) chunk=(\d+) text=(plain|markdown)/g

/** The question that requests a script. */
export function toPrompt({ id, tokens, rate, chunk, text }: Script): string {
  return `bench id=${id} tokens=${tokens} rate=${rate} chunk=${chunk} text=${text}`
}

/** The script in the last question of a request body; earlier questions come before it. */
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

/** Unique marks at the start and end of a script's markdown answer. */
export const marks = (id: string) => ({ start: `start-${id}`, end: `end-${id}` })
