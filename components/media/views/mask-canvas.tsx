import { type PointerEvent, useEffect, useRef, useState } from "react"
import { drawStrokes, type Stroke } from "./mask"
import type { Size } from "./zoom"

type Line = { width: number; points: { x: number; y: number }[] }

/** The strokes over a picture, half transparent, and the brush that makes more of them. */
export function MaskCanvas({
  size,
  strokes,
  brushWidth,
  onStroke,
}: {
  /** Of the picture, in its own pixels. */
  size: Size
  strokes: readonly Stroke[]
  brushWidth: number
  onStroke: (stroke: Stroke) => void
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<Line | null>(null)
  const [brush, setBrush] = useState<{ x: number; y: number } | null>(null)

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const redraw = () => draw(element, line.current ? [...strokes, line.current] : strokes, size)
    const observer = new ResizeObserver(redraw) // calls at once as well
    observer.observe(element)
    return () => observer.disconnect()
  }, [strokes, size])

  /** Where the pointer is, in pixels of the picture; it may move several times between two events. */
  function placesOf({ nativeEvent, currentTarget }: PointerEvent): Line["points"] {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    const all = nativeEvent.getCoalescedEvents?.() ?? []
    return (all.length > 0 ? all : [nativeEvent]).map(({ clientX, clientY }) => ({
      x: ((clientX - left) / width) * size.width,
      y: ((clientY - top) / height) * size.height,
    }))
  }

  function follow(event: PointerEvent<HTMLCanvasElement>) {
    const places = placesOf(event)
    setBrush(event.pointerType === "mouse" ? (places.at(-1) ?? null) : null)
    if (!line.current) return
    line.current.points.push(...places)
    draw(event.currentTarget, [...strokes, line.current], size)
  }

  function finish() {
    if (line.current) onStroke(line.current)
    line.current = null
  }

  return (
    <>
      <canvas
        ref={canvas}
        onPointerDown={(event) => {
          if (event.button !== 0 || line.current) return
          event.currentTarget.setPointerCapture(event.pointerId)
          line.current = { width: brushWidth, points: [] }
          follow(event)
        }}
        onPointerMove={follow}
        onPointerUp={finish}
        onPointerCancel={finish}
        onPointerLeave={() => setBrush(null)}
        className="absolute inset-0 size-full cursor-none touch-none text-accent opacity-60"
      />
      {brush && (
        <span
          aria-hidden
          style={{
            left: `${(brush.x / size.width) * 100}%`,
            top: `${(brush.y / size.height) * 100}%`,
            width: `${(brushWidth / size.width) * 100}%`,
          }}
          className="pointer-events-none absolute aspect-square -translate-1/2 rounded-full border border-raised outline outline-ink"
        />
      )}
    </>
  )
}

function draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[], size: Size): void {
  const context = canvas.getContext("2d")
  if (!context) return
  canvas.width = canvas.clientWidth * devicePixelRatio
  canvas.height = canvas.clientHeight * devicePixelRatio
  context.scale(canvas.width / size.width, canvas.height / size.height)
  const { color } = getComputedStyle(canvas)
  context.fillStyle = color
  context.strokeStyle = color
  drawStrokes(context, strokes, size)
}
