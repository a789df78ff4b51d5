// Completes what `next build` puts into .next/standalone, so that the folder runs by itself.
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs"
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
