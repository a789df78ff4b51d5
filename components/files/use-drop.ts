import { useEffect, useRef, useState } from "react"
import { fileDragType } from "./drag"

/**
 * Takes what is dropped anywhere on the page, files of this machine or, by its id, one that is shown here;
 * true while some hangs over it.
 */
export function useDrop(
  onFiles: (files: readonly File[]) => void,
  onFileId: (id: string) => void,
): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef({ onFiles, onFileId })
  latest.current = { onFiles, onFileId }
  useEffect(() => {
    const leaving = new AbortController()
    const listen = (type: "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          const types = event.dataTransfer?.types
          if (types?.includes("Files") || types?.includes(fileDragType)) react(event)
        },
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
      // A picture of the page is a file to the browser as well: it is here already.
      const id = event.dataTransfer?.getData(fileDragType)
      if (id) latest.current.onFileId(id)
      else latest.current.onFiles([...(event.dataTransfer?.files ?? [])])
    })
    addEventListener("dragend", () => setOver(false), { signal: leaving.signal })
    return () => leaving.abort()
  }, [])
  return isOver
}
