/** What hands and wheels do to something that is looked at. Distances are CSS pixels, places too. */
export type Gestures = {
  onDrag: (x: number, y: number) => void
  /** Larger by a factor, around a place within the element. */
  onZoom: (factor: number, x: number, y: number) => void
  /** All fingers are off again; how far they went. */
  onEnd?: (x: number, y: number) => void
  /** Whether the wheel is meant for this; else the page scrolls. */
  takesWheel?: () => boolean
}

type Point = { x: number; y: number }

/** Listens to dragging, pinching and the wheel on an element; what it returns ends that. */
export function listenToGestures(element: HTMLElement, gestures: Gestures): () => void {
  const leaving = new AbortController()
  const pointers = new Map<number, Point>()
  let way: Point = { x: 0, y: 0 }
  const listen = <Type extends "pointerdown" | "pointermove" | "pointerup" | "pointercancel">(
    type: Type,
    react: (event: PointerEvent) => void,
  ) => element.addEventListener(type, react, { signal: leaving.signal })

  listen("pointerdown", (event) => {
    const isOther = event.target instanceof Element && event.target.closest("button, a, input")
    if (event.button !== 0 || isOther) return
    if (pointers.size === 0) way = { x: 0, y: 0 }
    pointers.set(event.pointerId, placeOf(event, element))
    element.setPointerCapture(event.pointerId)
  })
  listen("pointermove", (event) => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    const now = placeOf(event, element)
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at)
    pointers.set(event.pointerId, now)
    const share = other ? 0.5 : 1 // each of two fingers carries half
    gestures.onDrag((now.x - before.x) * share, (now.y - before.y) * share)
    way = { x: way.x + (now.x - before.x) * share, y: way.y + (now.y - before.y) * share }
    if (!other) return
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    gestures.onZoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2)
    way = { x: Number.NaN, y: Number.NaN } // a pinch is no swipe
  })
  const end = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return
    if (event.type === "pointerup") gestures.onEnd?.(way.x, way.y)
  }
  listen("pointerup", end)
  listen("pointercancel", end)
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && gestures.takesWheel?.() === false) return
      event.preventDefault()
      const { x, y } = placeOf(event, element)
      // A notch of a wheel is about 100, a step of a touch pad a few.
      gestures.onZoom(1.0018 ** -Math.max(-300, Math.min(300, event.deltaY)), x, y)
    },
    { signal: leaving.signal, passive: false },
  )
  return () => leaving.abort()
}

function placeOf(event: MouseEvent, element: HTMLElement): Point {
  const { left, top } = element.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
