import { existsSync, realpathSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"

/**
 * A command line that runs npm with our Node.
 * @param {...string} args
 */
export function npm(...args) {
  const script = npmScript()
  return script ? [process.execPath, script, ...args] : ["npm", ...args]
}

/** The npm that started us, otherwise the first one in PATH. */
function npmScript() {
  const caller = process.env.npm_execpath
  if (caller?.endsWith("npm-cli.js") && existsSync(caller)) return caller
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? "").split(delimiter)]
  for (const folder of folders) {
    const link = join(folder, "npm")
    if (existsSync(link) && realpathSync(link).endsWith("npm-cli.js")) return realpathSync(link)
    const beside = join(folder, "node_modules", "npm", "bin", "npm-cli.js")
    if (existsSync(beside)) return beside
  }
  return undefined
}
