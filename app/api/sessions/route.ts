import { removeSessions } from "@/lib/db/sessions"
import { route } from "@/lib/people/route"

/** Ends all of the caller's sessions, including this one. */
export const DELETE = route({}, async ({ user }) => {
  await removeSessions(user)
  return null
})
