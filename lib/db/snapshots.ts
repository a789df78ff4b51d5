import "server-only"
import type { z } from "zod"
import { db } from "./client"

/** The kept copy of something fetched, or null when there is none that `schema` understands. */
export async function findSnapshot<T>(
  key: string,
  schema: z.ZodType<T>,
): Promise<{ value: T; etag: string | null } | null> {
  const row = await db().snapshot.findUnique({ where: { key } })
  if (!row) return null
  const parsed = schema.safeParse(row.value)
  return parsed.success ? { value: parsed.data, etag: row.etag } : null
}

/** Keeps a copy in place of the one before. */
export async function saveSnapshot(key: string, value: object, etag: string | null): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "Snapshot" ("key", "value", "etag") VALUES (${key}, ${JSON.stringify(value)}::jsonb, ${etag})
    ON CONFLICT ("key") DO UPDATE SET
      "value" = EXCLUDED."value", "etag" = EXCLUDED."etag", "fetchedAt" = now()`
}
