import "server-only"
import { toStorable } from "../base/postgres-text"
import { db } from "./client"

/** What reading bytes came to: text, or words about why there is none. */
export type FileText = {
  text: string
  isCut: boolean
  pages: number | null
  error: string | null
}

/**
 * What was read from bytes before, whoever has them. Like them it is found by their hash, which nobody knows
 * but from a file of their own.
 */
export async function findFileText(
  sha256: string,
): Promise<(FileText & { createdAt: Date }) | null> {
  return db().fileText.findUnique({
    where: { sha256 },
    select: { text: true, isCut: true, pages: true, error: true, createdAt: true },
  })
}

/** Keeps what was read, in place of what was before; nothing when the last file with these bytes has gone. */
export async function saveFileText(sha256: string, found: FileText): Promise<void> {
  const { text, isCut, pages, error } = toStorable(found)
  // The file stays until this is written: its removal then finds the text, too.
  await db().$executeRaw`
    INSERT INTO "FileText" ("sha256", "text", "isCut", "pages", "error")
    SELECT ${sha256}, ${text}, ${isCut}, ${pages}::int, ${error}
    FROM (SELECT 1 FROM "File" WHERE "sha256" = ${sha256} LIMIT 1 FOR KEY SHARE) AS file
    ON CONFLICT ("sha256") DO UPDATE SET "text" = EXCLUDED."text", "isCut" = EXCLUDED."isCut",
      "pages" = EXCLUDED."pages", "error" = EXCLUDED."error", "createdAt" = now()`
}
