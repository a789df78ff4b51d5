import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { countAttempt } from "@/lib/db/attempts"
import { route } from "@/lib/people/route"
import { speak } from "@/lib/voice/speak"

const tooLong = `Send ${limits.speechChars} characters at most at a time.`
const body = z.strictObject({ text: z.string().trim().min(1).max(limits.speechChars, tooLong) })

/** Reads a sentence aloud. */
export const POST = route({ body }, async ({ user, body: { text }, request }) => {
  const count = await countAttempt(`speech:user:${user.id}`)
  if (count > limits.speechesPerUser) throw new AppError("too_many_attempts")
  const { bytes, mediaType, costUsd } = await speak(text, request.signal)
  return new Response(bytes, {
    headers: {
      "content-type": mediaType,
      "cache-control": "private, no-store",
      ...(costUsd !== null && { "x-cost-usd": String(costUsd) }),
    },
  })
})
