import type { Result } from "./check"

const isGood = ({ cases }: Result) => cases.every(({ problems }) => problems.length === 0)

/** A table by kind: operations, cases, and how many passed. */
export function table(results: readonly Result[]): string {
  const kinds = [...new Set(results.map(({ operation }) => operation.kind))]
  const rows = kinds.map((kind) => {
    const own = results.filter(({ operation }) => operation.kind === kind)
    return rowOf(kind, own)
  })
  const lines = [...rows, rowOf("all", results)]
  const head = ["kind", "operations", "right", "%", "cases", "right"]
  const widths = head.map((word, column) =>
    Math.max(word.length, ...lines.map((line) => (line[column] ?? "").length)),
  )
  return [head, ...lines]
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "))
    .join("\n")
}

function rowOf(kind: string, results: readonly Result[]): string[] {
  const cases = results.flatMap((result) => result.cases)
  const good = results.filter(isGood).length
  const goodCases = cases.filter(({ problems }) => problems.length === 0).length
  const share = results.length === 0 ? 100 : (100 * good) / results.length
  return [kind, results.length, good, share.toFixed(1), cases.length, goodCases].map(String)
}

/** One line per failed operation. */
export function failures(results: readonly Result[]): string[] {
  return results.flatMap(({ operation, cases }) => {
    const bad = cases.filter(({ problems }) => problems.length > 0)
    if (bad.length === 0) return []
    const { kind, method, path, models, source } = operation
    const problems = new Set(bad.flatMap((entry) => entry.problems))
    const names = [...new Set(bad.map(({ name }) => name))].join(", ")
    const who = models[0] ?? source
    return [`${kind} ${method} ${path} ${who} (${names}): ${[...problems].slice(0, 6).join("; ")}`]
  })
}
