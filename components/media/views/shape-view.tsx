"use client"

import dynamic from "next/dynamic"
import { useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { FileCaption } from "../../files/file-caption"
import { FileCard } from "../../files/file-card"
import { formatBytes } from "../../files/file-words"
import { Button } from "../../ui/button"
import { useOnScreen } from "../../ui/use-on-screen"

const ShapeCanvas = dynamic(() => import("./shape-canvas").then((module) => module.ShapeCanvas), {
  ssr: false,
})

/** Larger shapes wait until somebody wants them. */
const mostBytes = 20_000_000

/** A shape to be turned about while it is on the screen; formats that are not drawn here as a card. */
export function ShapeView({ part }: { part: FilePart }) {
  const frame = useRef<HTMLDivElement>(null)
  const isOnScreen = useOnScreen(frame)
  const [isWanted, setWanted] = useState(part.sizeBytes <= mostBytes)
  if (!/^model\/gltf(-binary|\+json)$/.test(part.mediaType)) {
    return <FileCard part={part} isDownload />
  }
  return (
    <figure className="min-w-0">
      <div
        ref={frame}
        className="relative flex aspect-4/3 max-h-[70dvh] w-full items-center justify-center overflow-hidden rounded-md bg-sunken"
      >
        {/* Gone again off the screen: browsers keep only so many drawings at a time. */}
        {isWanted && isOnScreen && <ShapeCanvas part={part} />}
        {!isWanted && (
          <Button onClick={() => setWanted(true)}>
            Show in 3D <span className="text-ink-3">{formatBytes(part.sizeBytes)}</span>
          </Button>
        )}
      </div>
      <FileCaption part={part} />
    </figure>
  )
}
