import "server-only"
import { z } from "zod"
import { newId } from "../base/id"
import { findSnapshot, saveSnapshot } from "./snapshots"

const key = "installation"

/**
 * The name of this installation, made at the first call: what tells its bytes from those of another. It is
 * in the database, and so in its backups.
 */
export async function installationId(): Promise<string> {
  const found = await findSnapshot(key, z.object({ id: z.string() }))
  if (found) return found.value.id
  const id = newId()
  await saveSnapshot(key, { id }, null)
  return id
}
