import { useEffect, useState } from "react"

/** Whole seconds since a moment (milliseconds of the epoch), counted up each second. */
export function useSecondsSince(start: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  // The server's clock may be ahead of this one.
  return Math.max(0, Math.floor((now - start) / 1_000))
}
