import { applyPalette, GIFEncoder, quantize } from "gifenc"
import { framesOf } from "./gif-frames"

const mostColors = 256

/**
 * Turns the beginning of a film into a GIF that repeats for ever, here in the browser. Frame by frame, with
 * a pause after each piece of work, so that the page stays alive. Throws when the film cannot be shown,
 * and when `signal` is aborted.
 */
export async function gifOf(
  url: string,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Blob> {
  const video = document.createElement("video")
  try {
    const loaded = happening(video, "loadeddata", signal)
    Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: url })
    await loaded
    const { videoWidth, videoHeight, duration } = video
    const film = { width: videoWidth, height: videoHeight, seconds: duration }
    const { times, width, height, delayMs } = framesOf(film)
    const context = canvasOf(width, height)
    const encoder = GIFEncoder()
    for (const [index, time] of times.entries()) {
      const sought = happening(video, "seeked", signal)
      video.currentTime = time
      await sought
      context.drawImage(video, 0, 0, width, height)
      const { data } = context.getImageData(0, 0, width, height)
      const palette = quantize(data, mostColors)
      await breathe()
      const indexes = applyPalette(data, palette)
      await breathe()
      encoder.writeFrame(indexes, width, height, { palette, delay: delayMs })
      onProgress((index + 1) / times.length)
    }
    encoder.finish()
    return new Blob([encoder.bytes()], { type: "image/gif" })
  } finally {
    // Lets go of what it has loaded.
    video.removeAttribute("src")
    video.load()
  }
}

function canvasOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = Object.assign(document.createElement("canvas"), { width, height })
  const context = canvas.getContext("2d", { willReadFrequently: true })
  if (!context) throw new Error("this browser gives no canvas")
  return context
}

/** Settles when a film tells of something; throws when it cannot be shown or nobody wants it any more. */
function happening(
  video: HTMLVideoElement,
  name: "loadeddata" | "seeked",
  signal: AbortSignal,
): Promise<void> {
  const heard = new AbortController()
  const once = { once: true, signal: heard.signal }
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    video.addEventListener(name, () => resolve(), once)
    video.addEventListener("error", () => reject(new Error("the film cannot be shown")), once)
    signal.addEventListener("abort", () => reject(signal.reason), once)
  }).finally(() => heard.abort())
}

/** Lets the page paint and take input. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
