import "server-only"
import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { z } from "zod"
import { processWide } from "../base/process-wide"
import { Prisma, PrismaClient } from "./generated/client"

/** The one pool of connections of this process, opened on first use. */
function pool(): pg.Pool {
  return processWide("pool", () => {
    const opened = new pg.Pool({
      connectionString: process.env.DATABASE_URL,
      max: 20,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
      keepAlive: true,
      // A burst must not wait for connections to be opened anew.
      idleTimeoutMillis: 5 * 60_000,
    })
    // A connection that breaks while nobody uses it is replaced; whoever needs one is told.
    opened.on("error", () => undefined)
    return opened
  })
}

/**
 * The address for what needs a connection to itself: hearing news, and migrations with their lock. Behind a pooler
 * that lends connections for a transaction at a time, DATABASE_URL has none.
 */
export function directUrl(): string {
  return process.env.DIRECT_DATABASE_URL || process.env.DATABASE_URL || ""
}

/** Whether a pooler stands between: then the next statement may run on another connection. */
function isPooled(): boolean {
  return directUrl() !== process.env.DATABASE_URL
}

/** The database through Prisma. */
export function db(): PrismaClient {
  return processWide("database", () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}

/**
 * The database without Prisma, for the few statements that every turn waits for or that run several times
 * a second: each is prepared once a connection under its name, unless a pooler stands between. Throws the
 * driver's own errors.
 */
export async function raw<Row extends object>(
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const statement = isPooled() ? { text, values } : { name, text, values }
  return (await pool().query<Row>(statement)).rows
}

/** A statement of a library that brings its own, over the same connections. */
export async function runSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  return await pool().query(text, values)
}

/** Closes the pool; the last thing a process does. */
export async function closeDatabase(): Promise<void> {
  await db().$disconnect()
  await pool().end()
}

/** Throws while the database cannot be asked. */
export async function pingDatabase(): Promise<void> {
  await db().$queryRaw`SELECT 1`
}

// Classes of PostgreSQL's codes that say the statement itself is wrong: bad data, broken constraints,
// limits exceeded. Whatever else fails may work later.
const permanent = /^(?:21|22|23|42|54)[0-9A-Z]{3}$/

const byPrisma = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }),
  }),
})

/** Whether a statement would fail again however often it is tried. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true
  const told = byPrisma.safeParse(error).data?.meta.driverAdapterError.cause.originalCode
  const code = told ?? (error instanceof Error && "code" in error ? error.code : null)
  return typeof code === "string" && permanent.test(code)
}

/** Whether an error is a broken unique constraint: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002"
}
