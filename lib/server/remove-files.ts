import "server-only"
import { removeFiles, removeUnreferenced } from "../db/files"
import type { User } from "../db/users"
import { errorFields, log } from "./log"
import { files } from "./wiring"

/** Deletes files of the user, all or none, and the bytes that nobody has any more. Throws `not_found`. */
export async function deleteFiles(user: User, ids: string[]): Promise<void> {
  for (const sha256 of await removeFiles(user, ids)) {
    await removeUnreferenced(sha256, files().remove).catch((failure) =>
      log("warn", "file-left-behind", errorFields(failure)),
    )
  }
}
