import "server-only"
import { PrismaPg } from "@prisma/adapter-pg"
import { processWide } from "../process-wide"
import { Prisma, PrismaClient } from "./generated/client"

/** The one pool of connections of this process, opened on first use. */
export function db(): PrismaClient {
  return processWide(
    "database",
    () =>
      new PrismaClient({
        adapter: new PrismaPg({
          connectionString: process.env.DATABASE_URL,
          max: 20,
          connectionTimeoutMillis: 5_000,
          query_timeout: 10_000,
        }),
      }),
  )
}

/** Closes the pool; the last thing a process does. */
export async function closeDatabase(): Promise<void> {
  await db().$disconnect()
}

/** Throws while the database cannot be asked. */
export async function pingDatabase(): Promise<void> {
  await db().$queryRaw`SELECT 1`
}

/** Whether an error is a broken unique constraint: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002"
}
