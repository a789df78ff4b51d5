import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runQuietly } from "./command.mjs"
import { withLock } from "./lock.mjs"
import { npm } from "./npm.mjs"
import { projectCacheDir, projectDir } from "./project.mjs"
import { step } from "./steps.mjs"

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "scripts/standalone.mjs",
  "tailwind.config.ts",
  "tsconfig.json",
]
const GENERATED = "lib/db/generated"

/** Builds the server unless the existing build is from the same sources. */
export async function ensureBuilt() {
  if (isBuilt()) return
  await step("Building the application", () =>
    withLock(join(projectCacheDir, "build.lock"), sayWhoBuilds, async (lock) => {
      if (isBuilt()) return
      const hash = sourceHash()
      rmSync(hashFile, { force: true })
      await runQuietly(npm("run", "build"), {
        env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
        onStart: (identity) => lock.note({ children: [identity] }),
        advice: "The application could not be built; what the build said stands above.",
      })
      writeFileSync(hashFile, hash)
    }),
  )
}

/** Generates the database client unless it is newer than its inputs. */
export async function ensureGenerated() {
  const client = modifiedAt(join(GENERATED, "client.ts"))
  if (client > Math.max(modifiedAt("prisma/schema.prisma"), modifiedAt("package-lock.json"))) return
  await step("Generating the database client", generate)
}

/** @returns {Promise<string>} */
export function generate() {
  return runQuietly(npm("run", "generate"), {
    advice: "The database client could not be generated from prisma/schema.prisma.",
  })
}

const hashFile = join(projectDir, ".next", "build-hash")

/** @param {{ pid: number }} holder */
function sayWhoBuilds({ pid }) {
  process.stdout.write(`  Process ${pid} is building; waiting for it\n`)
}

function isBuilt() {
  if (!existsSync(join(projectDir, ".next", "standalone", "server.js"))) return false
  return existsSync(hashFile) && readFileSync(hashFile, "utf8") === sourceHash()
}

/**
 * A hash of everything the build depends on.
 * @param {string} [root]
 */
export function sourceHash(root = projectDir) {
  const [major] = process.versions.node.split(".")
  const hash = createHash("sha256").update(`${major} ${process.platform} ${process.arch}\n`)
  for (const path of SOURCES.flatMap((source) => listFiles(root, source))) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\n${content.length}\n`).update(content)
  }
  return hash.digest("hex")
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(root, path) {
  if (path === GENERATED || /\.test\.tsx?$/.test(path)) return []
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  const names = readdirSync(join(root, path)).sort()
  return names.flatMap((name) => listFiles(root, `${path}/${name}`))
}

/** @param {string} path */
function modifiedAt(path) {
  return statSync(join(projectDir, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
