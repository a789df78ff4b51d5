import { loadavg } from "node:os"
import { ensureBrowser } from "../scripts/browser.mjs"
import { ensureBuilt } from "../scripts/build.mjs"
import { aborted, interrupted } from "../scripts/signals.mjs"
import type { Outcome, Row } from "./figures"
import { type Options, type Part, readOptions } from "./options"
import { pageRows, preparePage } from "./page/part"
import { type RowResult, rowText, writeResults } from "./report"
import { prepareScale, scaleRows } from "./scale/part"
import { prepareServer, serverRows } from "./server/part"
import { type Stack, startStack } from "./stack"

/** Runs the benchmarks selected on the command line and writes the results; returns the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options.parts.includes("page")) process.env.CHROMIUM_PATH = await ensureBrowser()
  if (!options.isAsBuilt) await ensureBuilt()
  let isWhole = true
  for (const part of options.parts) isWhole = (await parts[part](part, options)) && isWhole
  return isWhole ? 0 : 1
}

const parts: Record<Part, (part: Part, options: Options) => Promise<boolean>> = {
  server: (part, options) => measure(part, options, serverRows, prepareServer),
  page: (part, options) => measure(part, options, pageRows, preparePage),
  scale: (part, options) => measure(part, options, scaleRows, prepareScale),
}

async function measure<Bench>(
  part: Part,
  options: Options,
  all: readonly Row<Bench>[],
  prepare: (stack: Stack, isQuick: boolean) => Promise<Bench>,
): Promise<boolean> {
  const { only, isQuick } = options
  const rows = all.filter(({ name }) => only === null || name.toLowerCase().includes(only))
  if (rows.length === 0) return true
  const loadBefore = currentLoad()
  const stack = await startStack()
  try {
    const bench = await unlessEnded(stack, prepare(stack, isQuick))
    const results: RowResult[] = []
    for (const row of rows) {
      const outcome = await unlessEnded(stack, attempt(row, bench))
      const result = { name: row.name, ...outcome, load: currentLoad() }
      process.stdout.write(`\n${rowText(result)}`)
      results.push(result)
    }
    const path = writeResults({ part, loadBefore, rows: results }, options)
    process.stdout.write(`\nWritten to ${path}\n`)
    return results.every(({ figures }) => figures.length > 0)
  } finally {
    await stack.stop()
  }
}

/** A failing benchmark is reported and does not affect the others. */
function attempt<Bench>({ run }: Row<Bench>, bench: Bench): Promise<Outcome> {
  return run(bench).catch((error) => ({ figures: [], notes: [`Not measured: ${String(error)}`] }))
}

const currentLoad = () => loadavg()[0] ?? 0

/** Rejects when the server exits or the run is interrupted. */
async function unlessEnded<T>(stack: Stack, work: Promise<T>): Promise<T> {
  const stopped = aborted(interrupted).then(() => {
    throw interrupted.reason
  })
  return Promise.race([work, stack.failed, stopped])
}
