import "server-only"
import { db } from "./client"
import type { Prisma } from "./generated/client"

// Which bytes somebody has a file of, and who may put or remove them now. Where they lie is the caller's.

/** Whoever puts or removes the bytes under a hash does so alone, until the end of the transaction. */
export async function lockBytes(
  transaction: Prisma.TransactionClient,
  sha256: string,
): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${sha256}, 72707371))`
}

/**
 * Calls `remove` for bytes that no file of anybody has, or has any more; their text goes with them. A file
 * with the same bytes that is being added at the moment waits, or is waited for.
 */
export async function removeUnreferenced(
  sha256: string,
  remove: (sha256: string) => Promise<void>,
): Promise<void> {
  await db().$transaction(
    async (transaction) => {
      await lockBytes(transaction, sha256)
      const file = await transaction.file.findFirst({ where: { sha256 }, select: { id: true } })
      if (file) return
      await transaction.fileText.deleteMany({ where: { sha256 } })
      await remove(sha256)
    },
    { maxWait: 10_000, timeout: 10_000 },
  )
}

/** Which of these bytes no file of anybody has at the moment. */
export async function listUnreferenced(hashes: string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await db().$queryRaw<{ sha256: string }[]>`
    SELECT "sha256" FROM unnest(${hashes}::text[]) AS "sha256"
    WHERE NOT EXISTS (SELECT 1 FROM "File" f WHERE f."sha256" = "sha256"."sha256")`
  return rows.map(({ sha256 }) => sha256)
}
