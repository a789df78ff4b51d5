import type { Model } from "../catalogue"
import type { Exchange } from "../exchange"
import { type ClipRequest, makeClip } from "../media/clip"
import { ratioOf } from "../media/sizes"
import { bytesOf, firstPicture, pictureIn } from "../media/sources"
import { readWav } from "../speech/wav"
import { defaultsOf } from "./task"

/** What films last at most here; what is asked for beyond is paid for, but not shown. */
const longestSeconds = 60
const usualSeconds = 5

// Numbers come as numbers, as texts and with a unit: 5, "5", "5s".
function positive(value: unknown): number | undefined {
  const number = Number.parseFloat(String(value))
  return Number.isFinite(number) && number > 0 ? number : undefined
}

/** How long the recording is that a face is to speak. */
function recordingSeconds(exchange: Exchange, body: Record<string, unknown>): number | undefined {
  const bytes = body.audio_url === undefined ? undefined : bytesOf(exchange, body.audio_url)
  return positive(bytes && readWav(bytes)?.durationSeconds)
}

function secondsOf(
  exchange: Exchange,
  body: Record<string, unknown>,
  defaults: Record<string, unknown>,
): number {
  const members = { ...defaults, ...body }
  const frames = positive(members.num_frames)
  return (
    positive(members.duration) ??
    recordingSeconds(exchange, body) ??
    (frames ? frames / (positive(members.frames_per_second) ?? 16) : usualSeconds)
  )
}

/** The shape that members of a request ask for, in any of the ways there are to say it. */
function shapeOf(members: Record<string, unknown>): number | undefined {
  return [members.aspect_ratio, members.ratio, members.frame_size, members.resolution]
    .map((value) => ratioOf(String(value).replace(/[x*×]/, ":")))
    .find((ratio) => ratio !== undefined)
}

/** The film that a request asks for, and how many seconds of it are to be paid. */
export function clipOf(
  exchange: Exchange,
  model: Model,
  body: Record<string, unknown>,
  prompt: string,
): { clip: ClipRequest; seconds: number } {
  const defaults = defaultsOf(exchange, "video", model)
  const source =
    firstPicture(exchange, body) ??
    pictureIn(exchange, body.character ?? body.last_image_url ?? body.tail_image_url)
  const own = source && source.width / source.height
  const ratio = shapeOf(body) ?? own ?? shapeOf(defaults) ?? 16 / 9
  const seconds = secondsOf(exchange, body, defaults)
  const clip = {
    prompt,
    by: model.info.name,
    ratio: Math.min(4, Math.max(0.25, ratio)),
    durationSeconds: Math.min(longestSeconds, seconds),
    source,
  }
  return { clip, seconds }
}

/** Makes a film, when it is called, and says where it is to be found. */
export function filmOf({ simulator, baseUrl, inferenceId }: Exchange, clip: ClipRequest) {
  return () => {
    const { bytes } = makeClip(clip)
    return {
      url: baseUrl + simulator.media.put(inferenceId, "output.mp4", bytes, "video/mp4"),
      content_type: "video/mp4",
      file_name: "output.mp4",
      file_size: bytes.length,
      duration: clip.durationSeconds,
    }
  }
}
