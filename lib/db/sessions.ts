import "server-only"
import { limits } from "../base/limits"
import { db, raw } from "./client"
import type { User } from "./users"

/** Records a signed-in browser by the hash of its key. Expiry is by the database's clock. */
export async function createSession(userId: string, keyHash: string): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "Session" ("keyHash", "userId", "expiresAt")
    VALUES (${keyHash}, ${userId}, now() + make_interval(days => ${limits.sessionDays}))`
}

/** Who holds the key with this hash; null when the session was ended, ran out or never was. */
export async function findSessionUser(keyHash: string): Promise<User | null> {
  const [row] = await raw<User>(
    "session-user",
    `SELECT u."id", u."name", u."email", u."role"::text AS "role"
     FROM "Session" s JOIN "User" u ON u."id" = s."userId"
     WHERE s."keyHash" = $1 AND s."expiresAt" > now()`,
    [keyHash],
  )
  return row ?? null
}

/** Ends one session: signing out of one browser. */
export async function removeSession(keyHash: string): Promise<void> {
  await db().session.deleteMany({ where: { keyHash } })
}

/** Ends every session of a person at once: a new password, a ban, signing out everywhere. */
export async function removeSessions(user: User): Promise<void> {
  await db().session.deleteMany({ where: { userId: user.id } })
}
