import { encodeMp4 } from "./mp4"
import { copyOf, covering, fillBox, fillDisc, type Raster } from "./raster"
import { drawScene, mixed, paletteOf } from "./scene"
import type { Size } from "./sizes"
import { drawLabel } from "./text"

const framesPerSecond = 6
// Each frame costs some tens of kilobytes, so long clips show fewer of them a second.
const mostFrames = 72
const longestSide = 320

export interface ClipRequest {
  prompt: string
  by: string
  ratio: number
  durationSeconds: number
  /** The picture that is brought to life. */
  source?: Raster | undefined
}

/** A size for a shape of picture: small, and even, as the video format wants it. */
function clipSize(ratio: number): Size {
  const even = (length: number) => Math.max(64, Math.round(length / 2) * 2)
  return ratio >= 1
    ? { width: longestSide, height: even(longestSide / ratio) }
    : { width: even(longestSide * ratio), height: longestSide }
}

function drawStage({ prompt, by, durationSeconds, source }: ClipRequest, size: Size): Raster {
  const { width, height } = size
  const stage = source ? covering(source, width, height) : drawScene(prompt, width, height)
  const caption = `${durationSeconds} s · ${by}`
  drawLabel(stage, prompt || by, caption, { left: 0, top: 0, width, height: height - 8 })
  return stage
}

/** A ball that jumps across the stage, and a bar that says how far the clip is. */
function* framesOf(request: ClipRequest, stage: Raster): Generator<Raster> {
  const { width, height } = stage
  const count = Math.max(
    2,
    Math.min(mostFrames, Math.round(request.durationSeconds * framesPerSecond)),
  )
  const { accent } = paletteOf(request.prompt)
  const bright = mixed(accent, [255, 255, 255], 0.6)
  const radius = Math.min(width, height) * 0.09
  for (let index = 0; index < count; index++) {
    const frame = copyOf(stage)
    const share = index / (count - 1)
    const jump = Math.abs(Math.sin(share * Math.PI * Math.max(2, request.durationSeconds / 2)))
    const x = radius + share * (width - 2 * radius)
    const y = height * 0.5 - radius - jump * (height * 0.5 - 2 * radius)
    fillDisc(frame, { x, y }, radius, accent, 1, 1.5)
    fillDisc(frame, { x: x - radius / 3, y: y - radius / 3 }, radius / 3, bright, 0.9, radius / 3)
    const played = { left: 0, top: height - 6, width: Math.round(width * share), height: 6 }
    fillBox(frame, played, accent, 1)
    yield frame
  }
}

/** A short film that shows its prompt, with its measures and its first frame. */
export function makeClip(request: ClipRequest) {
  const size = clipSize(request.ratio)
  const stage = drawStage(request, size)
  const { durationSeconds } = request
  const bytes = encodeMp4({ ...size, durationSeconds }, framesOf(request, stage))
  return { bytes, ...size, stage }
}
