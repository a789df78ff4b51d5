"use client"

import { RotateCcw, ZoomIn, ZoomOut } from "lucide-react"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { contentUrl } from "../../files/file-words"
import { IconButton } from "../../ui/button"
import { listenToGestures } from "./gestures"
import { ShapeScene } from "./shape-scene"

const turnPixels = 24
const step = 1.25

/** Draws a shape and lets it be turned and looked at closely, by hand and by key. */
export function ShapeCanvas({ part }: { part: FilePart }) {
  const frame = useRef<HTMLDivElement>(null)
  const scene = useRef<ShapeScene | null>(null)
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading")
  const { fileId } = part

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const leaving = new AbortController()
    read(fileId, leaving.signal)
      .then((bytes) => ShapeScene.open(element, bytes))
      .then(
        (opened) => {
          if (leaving.signal.aborted) return opened.close()
          scene.current = opened
          setState("shown")
        },
        () => !leaving.signal.aborted && setState("failed"),
      )
    const forget = listenToGestures(element, {
      onDrag: (x, y) => scene.current?.turn(x, y),
      onZoom: (factor) => scene.current?.zoom(factor),
      // The wheel scrolls the page, unless the shape was clicked before.
      takesWheel: () => element.contains(document.activeElement),
    })
    return () => {
      leaving.abort()
      forget()
      scene.current?.close()
      scene.current = null
    }
  }, [fileId])

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const turns: Record<string, readonly [number, number]> = {
      ArrowLeft: [-turnPixels, 0],
      ArrowRight: [turnPixels, 0],
      ArrowUp: [0, -turnPixels],
      ArrowDown: [0, turnPixels],
    }
    const turn = turns[event.key]
    if (turn) scene.current?.turn(...turn)
    else if (event.key === "+" || event.key === "=") scene.current?.zoom(step)
    else if (event.key === "-" || event.key === "_") scene.current?.zoom(1 / step)
    else if (event.key === "0") scene.current?.reset()
    else return
    event.preventDefault()
  }

  if (state === "failed") {
    return (
      <p role="status" className="px-6 text-center text-ink-2">
        This shape cannot be drawn here. Download it to open it in another program.
      </p>
    )
  }
  return (
    <>
      <div
        ref={frame}
        role="application"
        aria-label={`${part.name} in 3D. Arrow keys turn it, plus and minus zoom, 0 resets.`}
        aria-busy={state === "loading"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is turned by key
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="absolute inset-0 cursor-grab touch-pan-y rounded-md outline-offset-[-2px] active:cursor-grabbing"
      />
      {state === "loading" ? (
        <p role="status" className="animate-breathe text-ink-3">
          Unpacking the shape…
        </p>
      ) : (
        <div className="absolute end-2 bottom-2 flex rounded-md bg-raised/85">
          <IconButton label="Zoom out" onClick={() => scene.current?.zoom(1 / step)}>
            <ZoomOut size={15} />
          </IconButton>
          <IconButton label="Zoom in" onClick={() => scene.current?.zoom(step)}>
            <ZoomIn size={15} />
          </IconButton>
          <IconButton label="Back to the first view" onClick={() => scene.current?.reset()}>
            <RotateCcw size={15} />
          </IconButton>
        </div>
      )}
    </>
  )
}

async function read(fileId: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(contentUrl(fileId), { signal })
  if (!response.ok) throw new Error(`${response.status}`)
  return await response.arrayBuffer()
}
