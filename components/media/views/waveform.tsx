import { type RefObject, useEffect, useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { contentUrl } from "../../files/file-words"
import { useOnScreen } from "../../ui/use-on-screen"
import { readPeaks } from "./peaks"

/** Larger sounds are not decoded for a drawing. */
const mostBytes = 20_000_000
const bars = 160

/** How loud a sound is over its time; a click goes there. Nothing where that cannot be told. */
export function Waveform({
  part,
  player,
}: {
  part: FilePart
  player: RefObject<HTMLMediaElement | null>
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const isOnScreen = useOnScreen(canvas)
  const [peaks, setPeaks] = useState<readonly number[] | null>(null)
  const [isPlain, setPlain] = useState(part.sizeBytes > mostBytes)
  const { fileId } = part

  useEffect(() => {
    if (!isOnScreen || peaks) return
    const leaving = new AbortController()
    readPeaks(contentUrl(fileId), bars, leaving.signal).then(setPeaks, () => {
      if (!leaving.signal.aborted) setPlain(true)
    })
    return () => leaving.abort()
  }, [isOnScreen, peaks, fileId])

  useEffect(() => {
    const [element, sound] = [canvas.current, player.current]
    if (!element || !sound || !peaks) return
    const draw = () => drawBars(element, peaks, sound.currentTime / (sound.duration || 1))
    draw()
    const leaving = new AbortController()
    for (const type of ["timeupdate", "seeking", "loadedmetadata"]) {
      sound.addEventListener(type, draw, { signal: leaving.signal })
    }
    // The colours change with the theme, and the size with the window.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw, leaving)
    const themes = new MutationObserver(draw)
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] })
    const sizes = new ResizeObserver(draw)
    sizes.observe(element)
    return () => {
      leaving.abort()
      themes.disconnect()
      sizes.disconnect()
    }
  }, [peaks, player])

  if (isPlain) return null
  return (
    // The player below has keys, and a slider of its own.
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Waveform of ${part.name}`}
      onClick={({ nativeEvent: { offsetX }, currentTarget }) => {
        const sound = player.current
        if (!sound || !Number.isFinite(sound.duration)) return
        sound.currentTime = (offsetX / currentTarget.clientWidth) * sound.duration
      }}
      className="mb-1.5 block h-14 w-full cursor-pointer text-ink-2"
    />
  )
}

/** Bars in the colour of the text, paler where it has not been played yet. */
function drawBars(canvas: HTMLCanvasElement, peaks: readonly number[], played: number): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const context = canvas.getContext("2d")
  if (!context || width === 0) return
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  context.scale(devicePixelRatio, devicePixelRatio)
  context.fillStyle = getComputedStyle(canvas).color
  const step = width / peaks.length
  for (const [index, peak] of peaks.entries()) {
    const long = Math.max(2, peak * (height - 4))
    context.globalAlpha = (index + 0.5) / peaks.length <= played ? 1 : 0.4
    context.fillRect(index * step, (height - long) / 2, Math.max(1, step - 1), long)
  }
}
