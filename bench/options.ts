import { Failure } from "../scripts/failure.mjs"

export type Part = "server" | "page" | "scale"

export type Options = {
  parts: Part[]
  /** Only benchmarks whose name contains this text; null for all. */
  only: string | null
  /** A short smoke run; its figures are meaningless. */
  isQuick: boolean
  /** Uses the existing build, even if outdated. */
  isAsBuilt: boolean
}

const allParts: readonly Part[] = ["server", "page", "scale"]

/** Parses the command line: names of parts, `--only <text>`, `--quick`, `--as-built`. */
export function readOptions(args: readonly string[]): Options {
  const options: Options = { parts: [], only: null, isQuick: false, isAsBuilt: false }
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const part = allParts.find((name) => name === word)
    if (part) options.parts.push(part)
    else if (word === "--only") options.only = rest.shift()?.toLowerCase() ?? null
    else if (word === "--quick") options.isQuick = true
    else if (word === "--as-built") options.isAsBuilt = true
    else
      throw new Failure(
        `Unknown word "${word}". Known: ${allParts.join(", ")}, --only <text>, --quick, --as-built.`,
      )
  }
  if (options.parts.length === 0) options.parts = [...allParts]
  return options
}
