import { removeSessions } from "@/lib/db/sessions"
import { route } from "@/lib/people/route"

/** Signs the caller out everywhere, here too. */
export const DELETE = route({}, async ({ user }) => {
  await removeSessions(user)
  return null
})
