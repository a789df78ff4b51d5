import "server-only"
import { withAdvisoryLock } from "../db/exclusive"
import { listUnreferenced, removeUnreferenced } from "../db/file-bytes"
import { installationId } from "../db/installation"
import { log } from "../server/log"
import { isDraining } from "../server/readiness"
import { files } from "../storage/file-store"

/** Newer bytes may belong to an upload in progress. */
const youngMs = 60 * 60_000

/**
 * Deletes bytes that no file refers to: from deleted people or interrupted uploads. Skipped when another
 * installation claimed the store first, because this database does not know its files.
 */
export async function sweepFiles(): Promise<void> {
  await withAdvisoryLock("sweep-files", async () => {
    const installation = await installationId()
    if ((await files().claim(installation)) !== installation) {
      return log("warn", "files-of-another-installation", { installation })
    }
    let count = 0
    for await (const page of files().list()) {
      const old = page.filter(({ storedAt }) => Date.now() - storedAt.getTime() > youngMs)
      for (const sha256 of await listUnreferenced(old.map((stored) => stored.sha256))) {
        if (isDraining()) return
        await removeUnreferenced(sha256, files().remove)
        count += 1
      }
      if (isDraining()) return
    }
    if (count > 0) log("info", "files-swept", { count })
  })
}
