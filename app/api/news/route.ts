import { route } from "@/lib/people/route"
import { sessionCheck } from "@/lib/people/session"
import { newsStream } from "@/lib/server/news-stream"

/** Maximum seconds on serverless platforms; the browser reconnects. */
export const maxDuration = 300

/** Server-sent events about the caller's conversations: lib/base/news.ts as JSON. */
export const GET = route({}, async ({ user, request }) => {
  return newsStream({ user, signal: request.signal, isSignedIn: sessionCheck(request) })
})
