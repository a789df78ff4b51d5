import { existsSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, resolve } from "node:path"
import { defineConfig } from "prisma/config"

// Prisma's commands look for a native schema engine that its installer downloads. Where that
// download was impossible or its install script was not run, a stand-in in plain JavaScript serves.
const engines = dirname(createRequire(import.meta.url).resolve("@prisma/engines/package.json"))
const hasNativeEngine =
  existsSync(engines) && readdirSync(engines).some((file) => file.startsWith("schema-engine-"))
if (!hasNativeEngine && process.platform !== "win32") {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= resolve("scripts/schema-engine.mjs")
}
if (existsSync(".env")) process.loadEnvFile(".env")

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DIRECT_DATABASE_URL || (process.env.DATABASE_URL ?? "") },
})
