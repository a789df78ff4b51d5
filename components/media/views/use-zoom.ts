import { useEffect, useRef, useState } from "react"
import { listenToGestures } from "./gestures"
import { dragged, fitted, roomOf, type Size, zoomed } from "./zoom"

/** A swipe goes so far, and rather across than down. */
const swipePixels = 60

/** Zooming and moving a picture in the element that gets `setFrame`, by hand, wheel and call. */
export function useZoom(picture: Size | null, onSwipe: (step: 1 | -1) => void) {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState<Size | null>(null)
  const [view, setView] = useState(fitted)
  const room = picture && size ? roomOf(picture, size) : null
  const latest = useRef({ room, view, onSwipe })
  latest.current = { room, view, onSwipe }

  function zoomBy(factor: number, x?: number, y?: number) {
    const { room } = latest.current
    if (!room) return
    const { width, height } = room.frame
    const at = { x: (x ?? width / 2) - width / 2, y: (y ?? height / 2) - height / 2 }
    setView((view) => zoomed(view, factor, at, room))
  }

  function moveBy(x: number, y: number) {
    const { room } = latest.current
    if (room) setView((view) => dragged(view, x, y, room))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is called reads the latest itself
  useEffect(() => {
    if (!frame) return
    const observer = new ResizeObserver(() => {
      setSize({ width: frame.clientWidth, height: frame.clientHeight })
      setView(fitted)
    })
    observer.observe(frame)
    const leave = listenToGestures(frame, {
      onDrag: moveBy,
      onZoom: zoomBy,
      onEnd(x, y) {
        const isSwipe = Math.abs(x) > swipePixels && Math.abs(x) > 2 * Math.abs(y)
        if (latest.current.view.scale === 1 && isSwipe) latest.current.onSwipe(x < 0 ? 1 : -1)
      },
    })
    return () => {
      observer.disconnect()
      leave()
    }
  }, [frame])

  return { setFrame, room, view, zoomBy, moveBy, reset: () => setView(fitted) }
}
