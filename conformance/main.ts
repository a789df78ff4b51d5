// Checks every documented operation of the vendor: the client must send valid requests and understand the answers.
//   npm run conformance [-- --specs <folder of *.ndjson>] [--only <part of a path or a model>]
import { parseArgs } from "node:util"
import { checkOperation } from "./check"
import { contradictions } from "./contradictions"
import { readSpecs } from "./operations"
import { failures, table } from "./report"
import { startServer } from "./server"

const { values } = parseArgs({
  options: { specs: { type: "string" }, only: { type: "string" }, verbose: { type: "boolean" } },
})
const all = readSpecs(values.specs ?? null)
const wanted = all.filter(
  ({ path, models, kind, source }) =>
    !values.only ||
    [path, kind, source, ...models].some((text) => text.includes(values.only ?? "")),
)
if (wanted.length === 0) {
  console.error(
    "There is no operation to check. Is the folder right, and does it hold *.ndjson files?",
  )
  process.exit(2)
}
const server = await startServer()
const results = []
for (const operation of wanted) results.push(await checkOperation(server, operation, all))
await server.close()
const failed = failures(results)
console.log(table(results))
const wrong = contradictions(wanted)
if (wrong.length > 0)
  console.log("\nDocuments that contradict themselves; the sensible reading is sent:")
for (const line of wrong) console.log(`  ${line}`)
for (const line of values.verbose ? failed : failed.slice(0, 60)) console.log(line)
if (failed.length > 60 && !values.verbose) console.log(`and ${failed.length - 60} more (--verbose)`)
process.exit(failed.length > 0 ? 1 : 0)
