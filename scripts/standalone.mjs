// Completes what `next build` puts into .next/standalone, so that the folder runs by itself.
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

// Next copies .env files along; secrets and addresses belong to the place where it runs.
for (const name of readdirSync(target)) {
  if (name.startsWith(".env")) rmSync(join(target, name))
}

for (const folder of ["chunks", "chunks/ssr"]) shareChunks(join(target, ".next", "server", folder))
compress(join(target, ".next", "static"))
unpackCompiler(join(target, "node_modules", "@prisma", "client", "runtime"))

/**
 * The bundler writes the same chunk once for each route that has it, and a process keeps the text of each.
 * The second and all further ones become references to the first. The engine keeps a text of which a single
 * letter is none of Latin 1 at two bytes a letter, so those are written as escapes.
 * @param {string} folder
 */
function shareChunks(folder) {
  const first = new Map()
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .sort()) {
    // The name of a map that is not there is all they differ in.
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
 * The same script in letters of Latin 1.
 * @param {string} text
 */
function inLatin1(text) {
  // What is raw would read the escape as it stands.
  if (/\.raw`[^`]*[^\0-\xff]/.test(text)) return text
  return text.replace(/(\\*)([^\0-\xff])/g, (_, slashes, letter) => {
    const escaped = `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`
    return slashes.length % 2 === 1 ? slashes.slice(1) + escaped : slashes + escaped
  })
}

/**
 * Scripts and style sheets get a copy beside them that is compressed as well as can be, which takes too long to
 * do it for each visitor (lib/server/compressed-scripts.ts).
 * @param {string} folder
 */
function compress(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|css)$/.test(name)) continue
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))))
  }
}

/**
 * Prisma's compiler of queries comes as a text, of which a process keeps two copies that it reads once. Here its
 * bytes lie beside and are read when they are wanted.
 * @param {string} folder
 */
function unpackCompiler(folder) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".wasm-base64.mjs"))) {
    const text = readFileSync(join(folder, name), "utf8")
    const base64 = /^const wasm = "([\w+/=]+)"/.exec(text)?.[1]
    if (!base64) continue
    const file = name.replace("-base64.mjs", "")
    writeFileSync(join(folder, file), Buffer.from(base64, "base64"))
    // Prisma hands it to `Buffer.from`, which takes the value of an object.
    const module = `import { readFileSync } from "node:fs"
export const wasm = { valueOf: () => readFileSync(new URL("./${file}", import.meta.url)) }
`
    writeFileSync(join(folder, name), module)
  }
}
