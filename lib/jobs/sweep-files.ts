import "server-only"
import { withAdvisoryLock } from "../db/exclusive"
import { listUnreferenced, removeUnreferenced } from "../db/file-bytes"
import { installationId } from "../db/installation"
import { log } from "../server/log"
import { isDraining } from "../server/readiness"
import { files } from "../storage/file-store"

/** Younger ones may be on their way to a file. */
const youngMs = 60 * 60_000

/**
 * Removes bytes that no file has: of people who were deleted, of uploads that broke off. Never in a store
 * that another installation was first in, whose files this database knows nothing of.
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
