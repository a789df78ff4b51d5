// Updates the bundled facts about the vendor's models, lib/aiml/catalogue/snapshot.json and retired.json, from
// the live list or from a models.json of collected facts:
//   npm run refresh-catalogue -- --from https://api.aimlapi.com
//   npm run refresh-catalogue -- --from path/to/models.json --at 2026-08-21
// `--at` is the date of the facts, today by default.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { brotliCompressSync, constants } from "node:zlib"
import { parseCatalogue } from "../lib/aiml/catalogue/entry"
import { retiredNames, snapshotModelSchema, vendorModels } from "../lib/aiml/catalogue/known"
import type { Model } from "../lib/models/model"
import { type Listed, readFacts } from "./catalogue-facts"
import { projectDir } from "./project.mjs"
import { nearestSuccessor } from "./succession"

const folder = join(projectDir, "lib", "aiml", "catalogue")
const snapshotFile = join(folder, "snapshot.json")
const retiredFile = join(folder, "retired.json")

const { from, at } = parseArgs({
  options: { from: { type: "string" }, at: { type: "string" } },
}).values
if (!from) {
  console.error("Say where from: --from https://api.aimlapi.com or --from path/to/models.json")
  process.exit(1)
}

const { models, offered, gone } = /^https?:/.test(from)
  ? await readLive(from)
  : readFacts(JSON.parse(readFileSync(from, "utf8")))
if (models.length === 0) throw new Error("There are no models in it; nothing was written.")
models.sort((a, b) => (a.id < b.id ? -1 : 1))

const retired = succession()
const packed = brotliCompressSync(JSON.stringify(models), {
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
})
const snapshot = {
  at: (at ? new Date(at) : new Date()).toISOString(),
  models: packed.toString("base64"),
}
writeFileSync(snapshotFile, `${JSON.stringify(snapshot, null, 2)}\n`)
writeFileSync(retiredFile, retiredLines(retired))
console.log(
  `${models.length} models in ${packed.length} bytes, ${retired.size} retired names, ` +
    `${[...retired.values()].filter(({ successor }) => successor).length} with a successor`,
)

/** The live list. Models of the previous snapshot that are missing from it are retired as of today. */
async function readLive(root: string) {
  const response = await fetch(new URL("/v1/models?include=all", root))
  if (!response.ok) throw new Error(`${root} answered ${response.status}`)
  const models = parseCatalogue(await response.json()).map((model) =>
    snapshotModelSchema.parse(model),
  )
  const before = existsSync(snapshotFile) ? await vendorModels.snapshot() : { models: [], at: "" }
  const toListed = ({ id, vendor, kind }: Pick<Model, "id" | "vendor" | "kind">): Listed => ({
    id,
    vendor,
    type: kind,
  })
  return {
    models,
    offered: models.map(toListed),
    gone: before.models.map((model) => ({
      ...toListed(model),
      names: [model.id, ...model.aliases],
      since: before.at.slice(0, 10),
    })),
  }
}

/** All retired names. A recorded successor is kept while it is offered. */
function succession() {
  const listed = new Set(
    models.flatMap(({ id, aliases }) => [id, ...aliases]).map((name) => name.toLowerCase()),
  )
  const known = existsSync(retiredFile)
    ? retiredNames(JSON.parse(readFileSync(retiredFile, "utf8")))
    : new Map<string, { since: string | null; successor: string | null }>()
  const all = new Map(known)
  for (const model of gone) {
    const nearest = nearestSuccessor(model, offered)
    for (const name of model.names.map((each) => each.toLowerCase())) {
      const before = known.get(name)
      const isKept = before?.successor && listed.has(before.successor.toLowerCase())
      all.set(name, {
        since: before?.since ?? model.since,
        successor: isKept ? before.successor : (nearest ?? before?.successor ?? null),
      })
    }
  }
  for (const name of listed) all.delete(name)
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Formatted as the project's formatter would. */
function retiredLines(names: ReturnType<typeof succession>) {
  const lines = [...names].map(([name, { since, successor }]) => {
    const values = [JSON.stringify(since), JSON.stringify(successor)]
    const line = `  ${JSON.stringify(name)}: [${values.join(", ")}]`
    if (line.length < 100) return line
    return `  ${JSON.stringify(name)}: [\n    ${values.join(",\n    ")}\n  ]`
  })
  return `{\n${lines.join(",\n")}\n}\n`
}
