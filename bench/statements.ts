import { closeSync, openSync, readSync, statSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import type { Stack } from "./stack"

/** A statement as sent by the server, with its parameter values in order. */
export type Statement = { sql: string; values: (string | null)[] }

/** Records every statement that reaches the database while `work` runs. */
export async function recordStatements(
  { db, databaseLog }: Pick<Stack, "db" | "databaseLog">,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const set = async (word: "all" | "none") => {
    await db.query(`ALTER SYSTEM SET log_statement = '${word}'`)
    await db.query("ALTER SYSTEM SET log_parameter_max_length = -1")
    await db.query("SELECT pg_reload_conf()")
    // The other connections are notified by a signal.
    await pause(300)
  }
  await set("all")
  const begin = statSync(databaseLog).size
  try {
    await work()
    await pause(100)
  } finally {
    await set("none")
  }
  return parseLog(readFrom(databaseLog, begin)).filter(
    ({ sql }) => !/^ALTER SYSTEM|^SELECT pg_/.test(sql),
  )
}

function readFrom(path: string, begin: number): string {
  const bytes = Buffer.alloc(statSync(path).size - begin)
  const file = openSync(path, "r")
  readSync(file, bytes, 0, bytes.length, begin)
  closeSync(file)
  return bytes.toString("utf8")
}

function parseLog(text: string): Statement[] {
  // A log entry starts with the time; its continuation lines start with a tab.
  const entries = text.split(/\n(?=\d{4}-\d\d-\d\d )/)
  const statements: Statement[] = []
  for (const entry of entries) {
    const whole = entry.replaceAll("\n\t", "\n")
    const [, sql] = /LOG: {2}(?:statement|execute [^:]+): ([\s\S]+)$/.exec(whole) ?? []
    if (sql) statements.push({ sql: sql.trim(), values: [] })
    const [, places] = /DETAIL: {2}[Pp]arameters: ([\s\S]+)$/.exec(whole) ?? []
    const last = statements.at(-1)
    if (places && last) last.values = parseValues(places)
  }
  return statements
}

function parseValues(places: string): (string | null)[] {
  return [...places.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
    ([, value]) => value?.replaceAll("''", "'") ?? null,
  )
}
