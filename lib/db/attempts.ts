import "server-only"
import { limits } from "../base/limits"
import { db } from "./client"

/**
 * Counts one more try under `key` and says how many there were in the running window, this one
 * included. Counted before the check, in one statement, by the database's clock: parallel tries
 * on any number of instances cannot slip past.
 */
export async function countAttempt(
  key: string,
  windowSeconds = limits.attemptWindowMinutes * 60,
): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    INSERT INTO "Attempt" ("key", "count", "expiresAt")
    VALUES (${key}, 1, now() + make_interval(secs => ${windowSeconds}))
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "Attempt"."expiresAt" < now() THEN 1 ELSE "Attempt"."count" + 1 END,
      "expiresAt" = CASE WHEN "Attempt"."expiresAt" < now() THEN EXCLUDED."expiresAt"
                         ELSE "Attempt"."expiresAt" END
    RETURNING "count"`
  return row?.count ?? 0
}

/** Whether nobody was first within the window before, on any instance: for what one of them does for all. */
export async function isFirst(key: string, windowSeconds: number): Promise<boolean> {
  return (await countAttempt(key, windowSeconds)) === 1
}

/** Takes one try back: it turned out to be rightful. */
export async function forgiveAttempt(key: string): Promise<void> {
  await db()
    .$executeRaw`UPDATE "Attempt" SET "count" = greatest(0, "count" - 1) WHERE "key" = ${key}`
}

/** Forgets what ran out: attempts and sessions. */
export async function sweepExpired(): Promise<void> {
  await db().$executeRaw`DELETE FROM "Attempt" WHERE "expiresAt" < now()`
  await db().$executeRaw`DELETE FROM "Session" WHERE "expiresAt" < now()`
}
