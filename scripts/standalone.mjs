// Completes .next/standalone after `next build`, so that the folder is self-contained.
import { createHash } from "node:crypto"
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { projectDir } from "./project.mjs"

const target = join(projectDir, ".next", "standalone")

for (const folder of [".next/static", "public"]) {
  const source = join(projectDir, folder)
  if (!existsSync(source)) continue
  rmSync(join(target, folder), { recursive: true, force: true })
  cpSync(source, join(target, folder), { recursive: true })
}

// Next copies .env files, but secrets and addresses belong to the deployment.
for (const name of readdirSync(target)) {
  if (name.startsWith(".env")) rmSync(join(target, name))
}

compress(join(target, ".next", "static"))
// PLAIN_BUILD=1 leaves what the tools have built as it is, for 16 MB more of an idle server's memory (SEAMS.md).
if (process.env.PLAIN_BUILD !== "1") {
  for (const folder of ["chunks", "chunks/ssr"])
    shareChunks(join(target, ".next", "server", folder))
  unpackCompiler(join(target, "node_modules", "@prisma", "client", "runtime"))
}

/**
 * The bundler duplicates chunks per route, and a process keeps the text of each copy. All copies but the first
 * become references to it. Text outside of Latin-1 is escaped, because a single such character makes the engine
 * store the whole text with two bytes per character.
 * @param {string} folder
 */
function shareChunks(folder) {
  const first = new Map()
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .sort()) {
    // The copies differ only in the name of a missing source map.
    const text = inLatin1(
      readFileSync(join(folder, name), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""),
    )
    const hash = createHash("sha256").update(text).digest("hex")
    const same = first.get(hash)
    if (same)
      writeFileSync(join(folder, name), `module.exports=require(${JSON.stringify(`./${same}`)})\n`)
    else if (text.startsWith("module.exports=[")) {
      first.set(hash, name)
      writeFileSync(join(folder, name), text)
    }
  }
}

/**
 * The same script, escaped to Latin-1.
 * @param {string} text
 */
function inLatin1(text) {
  // `String.raw` would return the escapes literally.
  if (/\.raw`[^`]*[^\0-\xff]/.test(text)) return text
  return text.replace(/(\\*)([^\0-\xff])/g, (_, slashes, letter) => {
    const escaped = `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`
    return slashes.length % 2 === 1 ? slashes.slice(1) + escaped : slashes + escaped
  })
}

/**
 * Compresses scripts and style sheets at the highest level, which is too slow to do per request
 * (lib/server/compressed-scripts.ts).
 * @param {string} folder
 */
function compress(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|css)$/.test(name)) continue
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))))
  }
}

/**
 * Prisma embeds its query compiler as base64 text, of which a process keeps two copies but reads only once. Here
 * the bytes are moved to a file that is read on demand.
 * @param {string} folder
 */
function unpackCompiler(folder) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".wasm-base64.mjs"))) {
    const text = readFileSync(join(folder, name), "utf8")
    const base64 = /^const wasm = "([\w+/=]+)"/.exec(text)?.[1]
    if (!base64) continue
    const file = name.replace("-base64.mjs", "")
    writeFileSync(join(folder, file), Buffer.from(base64, "base64"))
    // Prisma passes it to `Buffer.from`, which uses an object's `valueOf`.
    const module = `import { readFileSync } from "node:fs"
export const wasm = { valueOf: () => readFileSync(new URL("./${file}", import.meta.url)) }
`
    writeFileSync(join(folder, name), module)
  }
}
