import "server-only"
import { createHash, randomUUID } from "node:crypto"
import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"

// The table, the checksums and the lock are those of `prisma migrate deploy`: either may follow the other.
const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`
const lockId = 72707369

type Row = { migration_name: string; finished_at: Date | null; rolled_back_at: Date | null }

/** A migration failed earlier or now; somebody has to look before the application may run. */
export class MigrationError extends Error {}

/**
 * Applies what is missing of `folder`/migrations in order of name, then the functions of `folder`/functions as
 * they are now, one process at a time. Returns the names it applied.
 */
export async function migrate(databaseUrl: string, folder: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: "polylogue-migrate",
  })
  await client.connect()
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockId])
    await client.query(table)
    const done = await finishedMigrations(client)
    const applied: string[] = []
    const migrations = join(folder, "migrations")
    for (const name of (await readdir(migrations)).sort()) {
      const file = join(migrations, name, "migration.sql")
      if (done.has(name) || !existsSync(file)) continue
      await apply(client, name, await readFile(file))
      applied.push(name)
    }
    for (const file of (await readdir(join(folder, "functions"))).sort()) {
      const name = file.replace(/\.sql$/, "")
      if (await defineFunction(client, name, await readFile(join(folder, "functions", file)))) {
        applied.push(name)
      }
    }
    return applied
  } finally {
    await client.end() // closing the session gives the lock back
  }
}

async function finishedMigrations(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<Row>(
    'SELECT migration_name, finished_at, rolled_back_at FROM "_prisma_migrations"',
  )
  const live = rows.filter((row) => row.rolled_back_at === null)
  const failed = live.find((row) => row.finished_at === null)
  if (failed) {
    throw new MigrationError(
      `Migration ${failed.migration_name} stopped half-way earlier. Mend the database, then mark it with "npx prisma migrate resolve".`,
    )
  }
  return new Set(live.map((row) => row.migration_name))
}

/**
 * Brings a function up to its file, unless it is: its comment says of which text it was made. Servers of two
 * versions may share a database for a while, so one whose input or output changes gets another name.
 */
async function defineFunction(client: pg.Client, name: string, sql: Buffer): Promise<boolean> {
  const made = `sha256 ${createHash("sha256").update(sql).digest("hex")}`
  const known = await client.query(
    "SELECT 1 FROM pg_proc WHERE proname = $1 AND obj_description(oid, 'pg_proc') = $2",
    [name, made],
  )
  if (known.rows.length > 0) return false
  await client.query(sql.toString("utf8"))
  await client.query(`COMMENT ON FUNCTION ${client.escapeIdentifier(name)} IS '${made}'`)
  return true
}

async function apply(client: pg.Client, name: string, sql: Buffer): Promise<void> {
  const id = randomUUID()
  const checksum = createHash("sha256").update(sql).digest("hex")
  await client.query(
    'INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)',
    [id, checksum, name],
  )
  try {
    await client.query(sql.toString("utf8"))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, reason])
    throw new MigrationError(`Migration ${name} failed: ${reason}`)
  }
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  )
}
