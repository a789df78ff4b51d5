import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"

/** How far from the end still counts as being there, in pixels. */
const nearPx = 48

/**
 * Keeps the end of a growing transcript in view as long as the reader is there; somebody who scrolled
 * up stays where they are. A new head (a question, another branch) goes to the end.
 */
export function useStickToEnd(headId: string | null) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isSticking = useRef(true)
  const [isAtEnd, setAtEnd] = useState(true)

  const goToEnd = useCallback(() => {
    isSticking.current = true
    setAtEnd(true)
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [])

  /** Leaves the end for one message. */
  const goTo = useCallback((id: string) => {
    const target = document.getElementById(id)
    if (!target) return
    isSticking.current = false
    target.scrollIntoView({ block: "start" })
    target.tabIndex = -1
    target.focus({ preventScroll: true })
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new head is what it waits for
  useLayoutEffect(() => {
    const box = scroller.current
    // Whoever scrolled before the page was alive (components/ui/before-hydration/early-script.ts) stays there.
    const hasLeft = box?.dataset.follows === "left"
    if (box) box.dataset.follows = "alive"
    if (!hasLeft) return goToEnd()
    isSticking.current = false
    setAtEnd(false)
  }, [headId])

  useEffect(() => {
    const box = scroller.current
    const inner = content.current
    if (!box || !inner) return
    const gap = () => box.scrollHeight - box.clientHeight - box.scrollTop
    // Going up, by whatever means, unsticks; content that shrinks moves the place up as well.
    let last = { top: box.scrollTop, height: box.scrollHeight }
    const onScroll = () => {
      const now = { top: box.scrollTop, height: box.scrollHeight }
      if (now.top < last.top && now.height >= last.height) isSticking.current = false
      else if (gap() < nearPx) isSticking.current = true
      last = now
      setAtEnd(isSticking.current || gap() < nearPx)
    }
    let lastHeight = inner.offsetHeight
    const observer = new ResizeObserver(() => {
      const hasGrown = inner.offsetHeight !== lastHeight
      lastHeight = inner.offsetHeight
      if (isSticking.current && gap() > 0) box.scrollTop = box.scrollHeight
      else if (hasGrown && gap() >= nearPx) setAtEnd(false)
    })
    observer.observe(inner)
    observer.observe(box)
    box.addEventListener("scroll", onScroll, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener("scroll", onScroll)
    }
  }, [])

  return { scroller, content, isAtEnd, goToEnd, goTo }
}
