"use client"

import { useState } from "react"
import type { FilePart } from "@/lib/message"
import { Dialog } from "../ui/dialog"
import { dragProps } from "./drag"
import { contentUrl } from "./file-words"

/** A picture at its own proportion, whose place is kept before it comes; a click shows it large. */
export function Picture({ part, maxHeight }: { part: FilePart; maxHeight: string }) {
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
        title="Show at full size"
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
          style={width && height ? undefined : place}
          className={`block h-full max-w-full object-contain ${width && height ? "w-full" : ""}`}
        />
      </button>
      {isOpen && (
        <Dialog
          label={name}
          onClose={() => setOpen(false)}
          className="w-fit! max-w-full cursor-zoom-out overflow-hidden"
        >
          <button type="button" aria-label="Close" onClick={() => setOpen(false)} className="block">
            {/* biome-ignore lint/performance/noImgElement: as above */}
            <img
              src={contentUrl(fileId)}
              alt={name}
              width={width}
              height={height}
              className="block h-auto max-h-[calc(100dvh-4rem)] w-auto max-w-full cursor-zoom-out object-contain"
            />
          </button>
        </Dialog>
      )}
    </>
  )
}
