/** How large a GIF is at most: it takes some hundred kilobytes a second as it is. */
const mostWidth = 480
const framesPerSecond = 10
const mostSeconds = 6

export type Frames = {
  width: number
  height: number
  /** Where in the film each frame stands, in seconds. */
  times: number[]
  delayMs: number
}

/** Which frames of a film make its GIF, and how large they are. */
export function framesOf(film: { width: number; height: number; seconds: number }): Frames {
  const scale = Math.min(1, mostWidth / film.width)
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  // A film that is being streamed does not say how long it is.
  const seconds = Math.min(mostSeconds, Number.isFinite(film.seconds) ? film.seconds : mostSeconds)
  // The middle of each tenth, so that the last lies within the film.
  const count = Math.max(2, Math.floor(seconds * framesPerSecond))
  const step = seconds / count
  const times = Array.from({ length: count }, (_, index) => (index + 0.5) * step)
  const delayMs = 1_000 / framesPerSecond
  return { width: side(film.width), height: side(film.height), times, delayMs }
}
