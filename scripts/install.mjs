import { createHash } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runQuietly } from "./command.mjs"
import { withLock } from "./lock.mjs"
import { npm } from "./npm.mjs"
import { projectCacheDir, projectDir } from "./project.mjs"
import { step } from "./steps.mjs"

const recordFile = join(projectDir, "node_modules", ".polylogue-lock-hash")

/** Installs the packages of the lockfile unless they are installed. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await step("Installing packages", () =>
    withLock(join(projectCacheDir, "install.lock"), sayWhoInstalls, async (lock) => {
      if (isInstalled()) return
      // Building and testing need the development packages regardless of NODE_ENV.
      const flags = ["--include=dev", "--include=optional", "--ignore-scripts"]
      const quiet = ["--no-audit", "--no-fund", "--prefix", projectDir]
      await runQuietly(npm("ci", ...flags, ...quiet), {
        onStart: (identity) => lock.note({ children: [identity] }),
        advice: "The packages could not be installed. Check the connection to the npm registry.",
      })
      writeFileSync(recordFile, lockfileHash())
    }),
  )
}

/** @param {{ pid: number }} holder */
function sayWhoInstalls({ pid }) {
  process.stdout.write(`  Process ${pid} is installing packages; waiting for it\n`)
}

function isInstalled() {
  return readIfThere(recordFile) === lockfileHash() || matchesLockfile()
}

/** Includes the platform: a folder copied from another system does not count. */
function lockfileHash() {
  const lockfile = readFileSync(join(projectDir, "package-lock.json"))
  return createHash("sha256")
    .update(`${process.platform}-${process.arch}\n`)
    .update(lockfile)
    .digest("hex")
}

/** npm may have been run manually; it records what it installed. */
function matchesLockfile() {
  const present = readIfThere(join(projectDir, "node_modules", ".package-lock.json"))
  if (!present) return false
  const wanted = JSON.parse(readFileSync(join(projectDir, "package-lock.json"), "utf8")).packages
  const installed = JSON.parse(present).packages
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || !isNeededHere(entry) || installed[path]?.version === entry.version,
  )
}

/** @param {{ optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} entry */
function isNeededHere({ optional, os, cpu, libc }) {
  if (!optional) return true
  return !libc && os?.includes(process.platform) === true && cpu?.includes(process.arch) === true
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (error.code === "ENOENT") return undefined
    throw error
  }
}
