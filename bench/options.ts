import { Failure } from "../scripts/failure.mjs"

export type Part = "server" | "page" | "scale"

export type Options = {
  parts: Part[]
  /** Rows whose name has this text; all without it. */
  only: string | null
  /** A small and short run that shows that everything works; its figures mean nothing. */
  isQuick: boolean
  /** Takes the build that is there, however old. */
  isAsBuilt: boolean
}

const allParts: readonly Part[] = ["server", "page", "scale"]

/** Reads the command line: names of parts, `--only <text>`, `--quick`, `--as-built`. */
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
