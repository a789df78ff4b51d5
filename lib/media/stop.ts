import "server-only"
import { stopGenerations } from "../db/generation-states"
import { getWork } from "../db/generations"
import type { User } from "../db/users"
import { tellEnd } from "./finish"

/**
 * Ends generations of the user that are under way; what the service has already it finishes, and what that
 * costs is still learnt.
 */
export async function stop(
  user: User,
  which: Parameters<typeof stopGenerations>[1],
): Promise<void> {
  for (const id of await stopGenerations(user, which)) {
    const work = await getWork(id)
    if (work) await tellEnd(work)
  }
}
