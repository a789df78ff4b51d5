import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { countAttempt } from "@/lib/db/attempts"
import { readFilePart } from "@/lib/files/multipart"
import { route } from "@/lib/people/route"
import { transcribe } from "@/lib/voice/transcribe"

/** Transcribes the recording in the form field `file`, which is not stored. */
export const POST = route({}, async ({ user, request }) => {
  const count = await countAttempt(`transcription:user:${user.id}`)
  if (count > limits.dictationsPerUser) throw new AppError("too_many_attempts")
  const { bytes } = await readFilePart(request, limits.dictationBytes)
  return await transcribe(bytes, request.signal)
})
