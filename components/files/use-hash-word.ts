import { type RefObject, useEffect, useRef, useState } from "react"
import { type HashWord, hashWordAt } from "./hash-word"

/** The word with `#` that is being typed in a box; `leave` forgets it until another one is begun. */
export function useHashWord(box: RefObject<HTMLTextAreaElement | null>) {
  const [word, setWord] = useState<HashWord | null>(null)
  const left = useRef<number | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const isHere = document.activeElement === element
      const found = isHere ? hashWordAt(element.value, element.selectionEnd) : null
      if (found?.start !== left.current) left.current = null
      setWord((before) => {
        if (!found || left.current !== null) return null
        return before && isSame(before, found) ? before : found
      })
    }
    look()
    const leaving = new AbortController()
    element.addEventListener("input", look, { signal: leaving.signal })
    element.addEventListener("blur", look, { signal: leaving.signal })
    document.addEventListener("selectionchange", look, { signal: leaving.signal })
    return () => leaving.abort()
  }, [box])
  function leave() {
    left.current = word?.start ?? null
    setWord(null)
  }
  return { word, leave }
}

function isSame(one: HashWord, other: HashWord): boolean {
  return one.query === other.query && one.start === other.start && one.end === other.end
}
