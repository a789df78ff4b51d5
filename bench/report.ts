import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus, loadavg, totalmem } from "node:os"
import { dirname, join } from "node:path"
import { projectCacheDir, projectDir } from "../scripts/project.mjs"
import { type Figure, type Outcome, shown } from "./figures"
import type { Options, Part } from "./options"
import { judge, limitsOf } from "./targets"

/** The results of a benchmark; `load` is the machine's load average afterwards. */
export type RowResult = Outcome & { name: string; load: number }

export type PartResult = { part: Part; loadBefore: number; rows: RowResult[] }

const head = `# RESULTS — what \`npm run bench\` measured

Written by the benchmark; each part is replaced when it is run as a whole. "pipe" is the bare pipe in the same sitting:
a server that knows nobody and keeps nothing, a page of one text node. Ratios count, not milliseconds.
`

/** A markdown table of figures. */
function tableOf(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { what, unit, ours, pipe } = figure
    const limits = limitsOf(figure.target, pipe)
    const ratio =
      typeof pipe === "number" && pipe > 0 && ours !== null ? `${shown(ours / pipe)}×` : ""
    const sign = limits?.better === "higher" ? "≥" : "≤"
    const limit = (value: number | undefined) =>
      value === undefined ? "" : `${sign} ${shown(value)}`
    const cells = [
      unit ? `${what}, ${unit}` : what,
      shown(ours),
      pipe === undefined ? "" : shown(pipe),
      ratio,
      limit(limits?.goal),
      limit(limits?.gate),
      judge(ours, limits),
    ]
    return `| ${cells.join(" | ")} |`
  })
  return [
    "| what | ours | pipe | ratio | goal | gate | verdict |",
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...lines,
  ].join("\n")
}

/** The results of one benchmark as markdown. */
export function rowText({ name, figures, notes = [], load }: RowResult): string {
  const words = [...notes, `Load average after it: ${load.toFixed(1)}.`].join("\n\n")
  return `### ${name}\n\n${tableOf(figures)}\n\n${words}\n`
}

/** Writes a part's results to their file; returns the path. */
export function writeResults({ part, loadBefore, rows }: PartResult, options: Options): string {
  // A partial or quick run does not overwrite real results.
  const isReal = !options.isQuick && options.only === null
  const path = isReal
    ? join(projectDir, "bench", "RESULTS.md")
    : join(projectCacheDir, "bench", "RESULTS.md")
  const before = existsSync(path) ? readFileSync(path, "utf8") : head
  const quick = options.isQuick ? " (quick: these figures mean nothing)" : ""
  const text = [
    `## The ${part}${quick}`,
    `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC, commit ${commit()}, ${machine()}. Load average ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.`,
    ...rows.map(rowText),
  ].join("\n\n")
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, withSection(before, part, text))
  return path
}

function withSection(document: string, part: Part, text: string): string {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`]
  const section = `${begin}\n${text}\n${end}`
  const [before, rest] = document.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) return `${document.trimEnd()}\n\n${section}\n`
  return `${before}${section}${after}`
}

function commit(): string {
  const git = (...args: string[]) =>
    spawnSync("git", args, { cwd: projectDir, encoding: "utf8" }).stdout?.trim() ?? ""
  const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : " with changes"
  return `${git("rev-parse", "--short", "HEAD") || "unknown"}${changed}`
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${gigabytes} GiB, Node ${process.versions.node}`
}
