"use client"

import dynamic from "next/dynamic"
import { useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { dragProps } from "./drag"
import { contentUrl } from "./file-words"

const Lightbox = dynamic(
  () => import("../media/views/lightbox").then((module) => module.Lightbox),
  { ssr: false },
)

/** A picture at its own proportion, whose place is kept before it comes; a click shows it large. */
export function Picture({
  part,
  maxHeight,
  among = [part],
  before,
  onError,
}: {
  part: FilePart
  maxHeight: string
  /** All pictures of the message, to go through. */
  among?: readonly FilePart[]
  /** The picture that this one was made from. */
  before?: FilePart | undefined
  /** It did not load. */
  onError?: () => void
}) {
  const [isOpen, setOpen] = useState(false)
  const { width, height, name, fileId } = part
  const place =
    width && height
      ? {
          aspectRatio: width / height,
          width: `min(${width}px, calc(${maxHeight} * ${(width / height).toFixed(4)}))`,
        }
      : { maxHeight }
  return (
    <>
      <button
        type="button"
        title="Look at it large"
        onClick={() => setOpen(true)}
        style={width && height ? place : undefined}
        {...dragProps(fileId)}
        className="block min-h-11 min-w-11 max-w-full cursor-zoom-in overflow-hidden rounded-md bg-sunken"
      >
        {/* biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have */}
        <img
          src={contentUrl(fileId)}
          alt={name}
          width={width}
          height={height}
          onError={onError}
          style={width && height ? undefined : place}
          className={`block h-full max-w-full object-contain ${width && height ? "w-full" : ""}`}
        />
      </button>
      {isOpen && (
        <Lightbox pictures={among} first={part} before={before} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
