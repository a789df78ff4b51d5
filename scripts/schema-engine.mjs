#!/usr/bin/env node
// Stand-in for Prisma's native schema-engine binary: same CLI/JSON-RPC-over-stdio contract,
// backed by @prisma/schema-engine-wasm + a JS driver adapter.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createInterface } from "node:readline"
import { pathToFileURL } from "node:url"
import { PrismaPg } from "@prisma/adapter-pg"
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils"
import pg from "pg"

globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  message: "",
  set_message(m) {
    this.message = m
  },
}
const require = createRequire(import.meta.url)
const argv = process.argv.slice(2)
const opt = (n) => {
  const i = argv.indexOf(n)
  return i < 0 ? undefined : argv[i + 1]
}
const optAll = (n) => argv.flatMap((a, i) => (a === n ? [argv[i + 1]] : []))
const ds = JSON.parse(opt("--datasource") ?? "{}")

async function loadWasm() {
  const js = require
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.js")
  const mod = await import(pathToFileURL(js).href)
  const bytes = readFileSync(js.replace(/\.js$/, ".wasm"))
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": mod })
  mod.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return mod.SchemaEngine
}
class Factory extends PrismaPg {
  async connectToShadowDb() {
    const admin = await this.connect()
    const url = new URL(ds.url)
    let db = null
    if (ds.shadowDatabaseUrl)
      return new PrismaPg({ connectionString: ds.shadowDatabaseUrl }).connect()
    db = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    await admin.executeScript(`CREATE DATABASE "${db}"`)
    url.pathname = "/" + db
    const shadow = await new PrismaPg({ connectionString: url.href }).connect()
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await dispose()
      await admin.executeScript(`DROP DATABASE IF EXISTS "${db}" WITH (FORCE)`)
      await admin.dispose()
    }
    return shadow
  }
}
// adapter-pg cannot map the catalog type "char" (oid 18) that the introspection queries return.
// Let it through as bpchar, then tag the column as Character (what the wasm engine expects).
{
  const probe = await new PrismaPg({ connectionString: "postgresql://x" }).connect()
  let proto = probe
  while (proto && !Object.hasOwn(proto, "performIO")) proto = Object.getPrototypeOf(proto)
  const CHARS = Symbol("char columns")
  const io = proto.performIO,
    qr = proto.queryRaw
  proto.performIO = async function (q) {
    const r = await io.call(this, q)
    q[CHARS] = []
    r.fields?.forEach((f, i) => {
      if (f.dataTypeID === 18) {
        f.dataTypeID = 1042
        q[CHARS].push(i)
      }
    })
    return r
  }
  proto.queryRaw = async function (q) {
    q = { ...q }
    const r = await qr.call(this, q)
    for (const i of q[CHARS] ?? []) r.columnTypes[i] = ColumnTypeEnum.Character
    return r
  }
}
const makeFactory = () => new Factory({ connectionString: ds.url })
const log = (level, message, extra = {}) =>
  process.stderr.write(
    JSON.stringify({
      timestamp: new Date().toISOString(),
      level,
      target: "schema_engine::logger",
      fields: { message, ...extra },
    }) + "\n",
  )

if (argv.includes("--version")) {
  console.log("schema-engine-cli wasm-shim")
  process.exit(0)
}
const url = ds.url ? new URL(ds.url) : null
const dbName = () => decodeURIComponent(url.pathname.slice(1)) || "postgres"
async function admin(fn) {
  const u = new URL(url.href)
  u.pathname = "/postgres"
  u.search = ""
  const c = new pg.Client({ connectionString: u.href })
  await c.connect()
  try {
    return await fn(c)
  } finally {
    await c.end()
  }
}
async function createDatabase() {
  await admin((c) => c.query(`CREATE DATABASE "${dbName()}"`))
  return { databaseName: dbName() }
}

const cli = argv.indexOf("cli")
if (cli >= 0) {
  log("INFO", "Starting schema engine CLI") // the Prisma CLI drops stderr line 1
  const sub = argv[cli + 1]
  try {
    if (sub === "can-connect-to-database") {
      const c = new pg.Client({ connectionString: ds.url })
      await c.connect()
      await c.end()
    } else if (sub === "create-database") await createDatabase()
    else if (sub === "drop-database")
      await admin((c) => c.query(`DROP DATABASE IF EXISTS "${dbName()}" WITH (FORCE)`))
    process.exit(0)
  } catch (e) {
    const code = e.code === "3D000" ? "P1003" : /28P01|28000/.test(e.code) ? "P1000" : "P1001"
    log(
      "ERROR",
      `${code === "P1003" ? `Database \`${dbName()}\` does not exist` : `Can't reach database server at \`${url.host}\`: ${e.message}`}`,
      { error_code: code, is_panic: false, meta: {} },
    )
    process.exit(1)
  }
}
let engine, reg
async function getEngine(datamodels) {
  if (!engine) {
    const SchemaEngine = await loadWasm()
    const factory = bindMigrationAwareSqlAdapterFactory(makeFactory())
    reg = factory.errorRegistry
    const files = datamodels ?? optAll("--datamodels").map((p) => [p, readFileSync(p, "utf8")])
    engine = await SchemaEngine.new(
      { datamodels: files.length ? files : undefined },
      (m) => {
        if (process.env.DEBUG) process.stderr.write(m + "\n")
      },
      factory,
    )
  }
  return engine
}
const send = (o) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...o }) + "\n")
async function call(method, params) {
  if (method === "createDatabase") return createDatabase()
  const e = await getEngine()
  if (method === "getDatabaseVersion") return e.version(params)
  if (method === "diff") {
    const r = await e.diff(params)
    // native engine prints through a `print` request
    if (r.stdout != null) send({ id: 1e6, method: "print", params: { content: r.stdout } })
    return { exitCode: r.exitCode, stdout: r.stdout }
  }
  return (await e[method](params)) ?? {}
}
let current = 0
process.on("uncaughtException", (e) => {
  const m = globalThis.PRISMA_WASM_PANIC_REGISTRY.message || String(e?.stack ?? e)
  send({
    id: current,
    error: { code: 4466, message: m, data: { message: m, is_panic: false, meta: {} } },
  })
  process.exitCode = 1
})
let chain = Promise.resolve()
const rl = createInterface({ input: process.stdin })
rl.on("line", (line) => {
  const msg = JSON.parse(line)
  if (!msg.method) return
  chain = chain.then(async () => {
    current = msg.id
    try {
      send({ id: msg.id, result: await call(msg.method, msg.params) })
    } catch (e) {
      let data
      const panic = globalThis.PRISMA_WASM_PANIC_REGISTRY.message
      if (panic) {
        send({
          id: msg.id,
          error: {
            code: 4466,
            message: panic,
            data: { message: panic, is_panic: false, meta: {} },
          },
        })
        return
      }
      try {
        data = JSON.parse(e.message)
      } catch {
        data = { message: String(e?.message ?? e), is_panic: false, meta: {}, error_code: e?.code }
      }
      if (process.env.DEBUG_SE) console.error(e)
      send({
        id: msg.id,
        error: {
          code: 4466,
          message: "An error happened. Check the data field for details.",
          data,
        },
      })
    }
  })
})
rl.on("close", () => chain.finally(() => process.exit(0)))
