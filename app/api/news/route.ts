import { route } from "@/lib/people/route"
import { sessionCheck } from "@/lib/people/session"
import { newsStream } from "@/lib/server/news-stream"

/** Seconds that a platform with limited functions lets it run; the browser comes back. */
export const maxDuration = 300

/** What changes in the caller's conversations, as it happens: lib/base/news.ts, a JSON line an event. */
export const GET = route({}, async ({ user, request }) => {
  return newsStream({ user, signal: request.signal, isSignedIn: sessionCheck(request) })
})
