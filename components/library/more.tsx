import { useEffect, useRef } from "react"
import { Button } from "../ui/button"

/** The way to older files; it goes by itself when one comes near the end. */
export function More({ isLoading, onMore }: { isLoading: boolean; onMore: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  // Looked at anew after each page: it may still be near.
  useEffect(() => {
    if (!place.current || isLoading) return
    const watcher = new IntersectionObserver(
      (entries) => entries.at(-1)?.isIntersecting && latest.current(),
      { rootMargin: "600px" },
    )
    watcher.observe(place.current)
    return () => watcher.disconnect()
  }, [isLoading])
  return (
    <div ref={place} className="flex justify-center py-8">
      <Button disabled={isLoading} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}
