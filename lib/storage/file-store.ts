import "server-only"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { processWide } from "../base/process-wide"
import { createBucket } from "../files/bucket"
import { createBucketStore } from "../files/bucket-store"
import { createFolderStore } from "../files/folder-store"
import type { Store } from "../files/store"
import { env } from "../server/env"
import { plainFetch } from "../server/plain-fetch"

/** The store of this installation: a bucket if configured, otherwise the data folder. */
export function files(): Store {
  return processWide("files", () => {
    const { bucket, dataDir, VERCEL } = env()
    const folder = join(/* turbopackIgnore: true */ dataDir, "files")
    if (!bucket) return createFolderStore(folder)
    // On this platform only the temporary folder is writable, and it is short-lived, which suffices for incoming
    // files.
    const incoming = join(VERCEL ? tmpdir() : folder, "incoming")
    return createBucketStore(createBucket(bucket, plainFetch), bucket.prefix, incoming)
  })
}
