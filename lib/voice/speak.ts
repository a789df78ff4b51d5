import "server-only"
import { readFile } from "node:fs/promises"
import type { Output } from "../aiml/protocol"
import { withDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { download } from "../files/download"
import { env } from "../server/env"
import { askAny } from "./ask-any"
import { inVoiceWords } from "./failure"
import { withSound } from "./sound"

const totalMs = 60_000

type Heard = { bytes: Buffer<ArrayBuffer>; mediaType: string }

/** Reads a sentence aloud. The audio is not stored. Throws AppError. */
export async function speak(
  text: string,
  stopped: AbortSignal,
): Promise<Heard & { costUsd: number | null }> {
  return await withDeadline(totalMs, stopped, (signal) => speakWithin(text, signal))
}

async function speakWithin(text: string, signal: AbortSignal) {
  const inputs = { text, files: [] }
  try {
    const done = await askAny({ kind: "speech", inputs, params: () => ({}), signal })
    const media = done.outputs.find((output) => output.type === "media")
    if (!media) throw new AppError("model_empty")
    return { ...(await soundOf(media, signal)), costUsd: done.facts.costUsd }
  } catch (error) {
    if (signal.aborted) throw new AppError("model_silent", { message: tooSlow })
    throw inVoiceWords(error, "reading aloud", "this text")
  }
}

const tooSlow = "The voice did not answer in time. Try again in a moment."

async function soundOf(
  { source }: Extract<Output, { type: "media" }>,
  signal: AbortSignal,
): Promise<Heard> {
  const allowedOrigin = new URL(env().AIMLAPI_BASE_URL).origin
  const options = { allowedOrigin, maxBytes: limits.speechBytes, signal }
  const bytes = "bytes" in source ? source.bytes : (await download(source.url, options)).bytes
  const sound = withSound(bytes, limits.speechBytes, async ({ path, mediaType }) => ({
    bytes: await readFile(path),
    mediaType,
  }))
  return await sound.catch((error: unknown) => {
    const isStrange = error instanceof AppError && error.code === "invalid"
    throw isStrange ? new AppError("model_garbled", { cause: error }) : error
  })
}
