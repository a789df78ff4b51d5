import "server-only"
import { stopGenerations } from "../db/generation-states"
import { getWork } from "../db/generations"
import type { User } from "../db/users"
import { tellEnd } from "./finish"

/**
 * Stops running generations of the user. Work the upstream has already accepted continues there, and its cost is
 * still recorded.
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
