import "server-only"
import { removeUnreferenced } from "../db/file-bytes"
import { removeFiles } from "../db/files"
import type { User } from "../db/users"
import { errorFields, log } from "../server/log"
import { files } from "./file-store"

/** Deletes files of the user, all or none, and bytes no longer referenced. Throws `not_found`. */
export async function deleteFiles(user: User, ids: string[]): Promise<void> {
  for (const sha256 of await removeFiles(user, ids)) await releaseBytes(sha256)
}

/** Deletes bytes that are no longer referenced. A failure is left to the sweep. */
export async function releaseBytes(sha256: string): Promise<void> {
  await removeUnreferenced(sha256, files().remove).catch((failure) =>
    log("warn", "file-left-behind", errorFields(failure)),
  )
}
