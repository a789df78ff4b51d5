import { useEffect, useRef, useState } from "react"

/** Takes files that are dropped anywhere on the page; true while some hang over it. */
export function useDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    const leaving = new AbortController()
    const listen = (type: "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => event.dataTransfer?.types.includes("Files") && react(event),
        { signal: leaving.signal },
      )
    listen("dragover", (event) => {
      event.preventDefault() // without this the browser opens the file
      setOver(true)
    })
    // Leaving the window, not one element of it.
    listen("dragleave", (event) => !event.relatedTarget && setOver(false))
    listen("drop", (event) => {
      event.preventDefault()
      setOver(false)
      latest.current([...(event.dataTransfer?.files ?? [])])
    })
    return () => leaving.abort()
  }, [])
  return isOver
}
