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

/** The bytes of all files, in a bucket if one is named, else in the data folder of this installation. */
export function files(): Store {
  return processWide("files", () => {
    const { bucket, dataDir, VERCEL } = env()
    const folder = join(/* turbopackIgnore: true */ dataDir, "files")
    if (!bucket) return createFolderStore(folder)
    // There nothing else may be written to, and what lies in it is soon gone, as what comes in may be.
    const incoming = join(VERCEL ? tmpdir() : folder, "incoming")
    return createBucketStore(createBucket(bucket, plainFetch), bucket.prefix, incoming)
  })
}
