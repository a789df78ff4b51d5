import "server-only"
import { db } from "./client"

const longestMs = 50 * 60_000

/**
 * Does some upkeep, unless any process on this database is at the same. The lock goes with the transaction
 * that holds it, whatever happens to the process.
 */
export async function withAdvisoryLock(name: string, work: () => Promise<void>): Promise<void> {
  await db().$transaction(
    async (transaction) => {
      const [lock] = await transaction.$queryRaw<{ isMine: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 72707372)) AS "isMine"`
      if (lock?.isMine) await work()
    },
    { maxWait: 10_000, timeout: longestMs },
  )
}
