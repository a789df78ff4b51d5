#!/usr/bin/env node
// Replaces Prisma's native schema engine where it cannot be downloaded: the same command line and JSON-RPC over
// stdio, based on Prisma's engine compiled to WebAssembly.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createInterface } from "node:readline"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import { SchemaDatabase } from "./schema-engine-database.mjs"

/** The id of our own print request; its response is ignored. */
const PRINT_ID = 1_000_000
const RPC_ERROR = 4466

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    version: { type: "boolean" },
  },
})
const database = new SchemaDatabase(JSON.parse(values.datasource ?? "{}"))

// The engine calls this on a panic; without it the panic appears as an unrelated TypeError.
const panic = {
  message: "",
  set_message(/** @type {string} */ message) {
    panic.message = message
  },
}
globalThis.PRISMA_WASM_PANIC_REGISTRY = panic

if (values.version) process.stdout.write("schema-engine-cli wasm\n")
else if (positionals[0] === "cli") process.exitCode = await runCommand(positionals[1])
else serve()

/**
 * @param {string} name
 * @returns {Promise<number>} the exit code
 */
async function runCommand(name) {
  const commands = {
    "can-connect-to-database": () => database.connect(),
    "create-database": () => database.create(),
    "drop-database": () => database.drop(),
  }
  // Prisma ignores the first line of stderr.
  log("INFO", "Starting schema engine CLI")
  try {
    await commands[name]()
    return 0
  } catch (error) {
    const { code, message } = database.explain(error)
    log("ERROR", message, { error_code: code, is_panic: false, meta: {} })
    return 1
  }
}

/**
 * @param {"INFO" | "ERROR"} level
 * @param {string} message
 * @param {object} [extra]
 */
function log(level, message, extra = {}) {
  const timestamp = new Date().toISOString()
  const fields = { message, ...extra }
  const entry = { timestamp, level, target: "schema_engine::logger", fields }
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}

/** Answers requests sequentially until stdin closes. */
function serve() {
  let currentId = 0
  let queue = Promise.resolve()
  process.on("uncaughtException", (error) => {
    send({ id: currentId, error: panicError(panic.message || String(error?.stack ?? error)) })
    process.exitCode = 1
  })
  const lines = createInterface({ input: process.stdin })
  lines.on("line", (line) => {
    const { id, method, params } = JSON.parse(line)
    if (!method) return
    queue = queue.then(async () => {
      currentId = id
      send({ id, ...(await answer(method, params)) })
    })
  })
  lines.on("close", () => queue.finally(() => process.exit()))
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`)
}

/**
 * @param {string} method
 * @param {unknown} params
 */
async function answer(method, params) {
  try {
    return { result: await call(method, params) }
  } catch (error) {
    return { error: panic.message ? panicError(panic.message) : knownError(error) }
  }
}

/** @type {Promise<Record<string, (params: unknown) => Promise<unknown>>> | undefined} */
let loadedEngine

/**
 * @param {string} method
 * @param {unknown} params
 */
async function call(method, params) {
  if (method === "createDatabase") return database.create()
  loadedEngine ??= loadEngine()
  const engine = await loadedEngine
  if (method === "getDatabaseVersion") return engine.version(params)
  if (method !== "diff") return (await engine[method](params)) ?? {}
  const { exitCode, stdout } = await engine.diff(params)
  // The native engine asks Prisma to print the diff.
  if (stdout != null) send({ id: PRINT_ID, method: "print", params: { content: stdout } })
  return { exitCode, stdout }
}

/** The package is meant for a bundler; this instantiates its two halves manually. */
async function loadEngine() {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")
  const glueFile = entry.replace(/schema_engine\.js$/, "schema_engine_bg.js")
  const glue = await import(pathToFileURL(glueFile).href)
  const bytes = readFileSync(glueFile.replace(/\.js$/, ".wasm"))
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()

  const datamodels = values.datamodels?.map((path) => [path, readFileSync(path, "utf8")])
  const logLine = (/** @type {string} */ line) => {
    if (process.env.DEBUG) process.stderr.write(`${line}\n`)
  }
  const adapter = bindMigrationAwareSqlAdapterFactory(database.adapterFactory())
  return glue.SchemaEngine.new({ datamodels }, logLine, adapter)
}

/** @param {string} message */
function panicError(message) {
  return { code: RPC_ERROR, message, data: { message, is_panic: false, meta: {} } }
}

/**
 * The engine throws errors whose message is JSON for Prisma.
 * @param {Error & { code?: string }} error
 */
function knownError(error) {
  const message = "An error happened. Check the data field for details."
  try {
    return { code: RPC_ERROR, message, data: JSON.parse(error.message) }
  } catch {
    const data = { message: error.message, is_panic: false, meta: {}, error_code: error.code }
    return { code: RPC_ERROR, message, data }
  }
}
