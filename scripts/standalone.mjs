// Completes what `next build` puts into .next/standalone, so that the folder runs by itself.
import { createHash } from "node:crypto"
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
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

/**
 * The bundler writes the same chunk once for each route that has it, and a process keeps the text of each.
 * The second and all further ones become references to the first.
 * @param {string} folder
 */
function shareChunks(folder) {
  const first = new Map()
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .sort()) {
    // The name of a map that is not there is all they differ in.
    const text = readFileSync(join(folder, name), "utf8").replace(
      /^\/\/# sourceMappingURL=.*$/m,
      "",
    )
    const hash = createHash("sha256").update(text).digest("hex")
    const same = first.get(hash)
    if (same)
      writeFileSync(join(folder, name), `module.exports=require(${JSON.stringify(`./${same}`)})\n`)
    else if (text.startsWith("module.exports=[")) first.set(hash, name)
  }
}
