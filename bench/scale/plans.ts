import type pg from "pg"
import type { Statement } from "../statements"

/** Maximum lines of a plan in the report. */
const maxLines = 14

/**
 * Explains the read statements the server sent, with their timings, as markdown. Statements already in `told` are
 * skipped.
 */
export async function explain(
  db: pg.Client,
  statements: readonly Statement[],
  told: Set<string>,
): Promise<string[]> {
  const texts: string[] = []
  for (const statement of statements) {
    if (!isWorthIt(statement.sql) || told.has(statement.sql)) continue
    told.add(statement.sql)
    const { rows } = await db.query(
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY ON) ${withValues(statement)}`,
    )
    const plan = rows.map((row) => String(row["QUERY PLAN"]))
    texts.push(`${headline(statement.sql)}\n\n\`\`\`\n${shorten(plan).join("\n")}\n\`\`\``)
  }
  return texts
}

/** Only reads can be repeated without changing what is measured. */
function isWorthIt(sql: string): boolean {
  const isReading = /^(select|with)\b/i.test(sql) && !/\bfor (no key )?update\b/i.test(sql)
  return isReading && /\bfrom\b/i.test(sql) && !/\bIN \(NULL\)/.test(sql)
}

/** The statement with its values inlined as untyped literals, so that each takes the type of its context. */
function withValues({ sql, values }: Statement): string {
  return sql.replaceAll(/\$(\d+)/g, (_, place: string) => {
    const value = values[Number(place) - 1]
    return value === null || value === undefined ? "NULL" : `'${value.replaceAll("'", "''")}'`
  })
}

function headline(sql: string): string {
  const line = sql.replaceAll('"public".', "").replaceAll(/\s+/g, " ")
  const [, from = ""] = /\bFROM (.{0,140})/i.exec(line) ?? []
  return `\`… FROM ${from.replaceAll("`", "")}\``
}

function shorten(plan: readonly string[]): string[] {
  const isTold = (line: string) => /->|actual rows|Index Cond|Buffers|Time:|Filter/.test(line)
  const lines = plan.filter((line, index) => index === 0 || isTold(line))
  const short = lines.map((line) => (line.length > 150 ? `${line.slice(0, 149)}…` : line))
  if (short.length <= maxLines) return short
  return [...short.slice(0, maxLines - 1), "…", ...short.filter((line) => /Time:/.test(line))]
}
