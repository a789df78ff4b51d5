"use client"

import {
  ChevronLeft,
  ChevronRight,
  Columns2,
  type LucideIcon,
  X,
  ZoomIn,
  ZoomOut,
} from "lucide-react"
import { useEffect, useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { DownloadLink } from "../../files/download-link"
import { IconButton } from "../../ui/button"
import { Dialog } from "../../ui/dialog"
import { BeforeAfter } from "./before-after"
import { useZoom } from "./use-zoom"
import type { Size } from "./zoom"
import { ZoomablePicture } from "./zoomable-picture"

const step = 1.4
const panPixels = 80

/** Pictures as large as the screen: to look into them, to go through them, to compare one with what it came from. */
export function Lightbox({
  pictures,
  first,
  before,
  onClose,
}: {
  /** All of the message. */
  pictures: readonly FilePart[]
  /** The one that was opened. */
  first: FilePart
  /** The picture that these were made from. */
  before: FilePart | undefined
  onClose: () => void
}) {
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ fileId }) => fileId === first.fileId),
    ),
  )
  const part = pictures[at] ?? first
  const [loaded, setLoaded] = useState<{ fileId: string; size: Size | null } | null>(null)
  const [isCompared, setCompared] = useState(false)
  const known = loaded?.fileId === part.fileId ? loaded : null
  const isBroken = known?.size === null
  const size = known?.size ?? sizeOf(part)
  const zoom = useZoom(size, go)
  const { room, view, zoomBy, moveBy, reset } = zoom
  const percent = room && size ? Math.round(((view.scale * room.fit.width) / size.width) * 100) : 0

  function go(by: 1 | -1) {
    if (pictures.length < 2) return
    setAt((at + by + pictures.length) % pictures.length)
    reset()
  }

  function onKey(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.target instanceof HTMLInputElement) return // the slider has keys of its own
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const upwards = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (event.shiftKey && sideways) moveBy(-sideways * panPixels, 0)
    else if (upwards) moveBy(0, -upwards * panPixels)
    else if (sideways) go(sideways === 1 ? 1 : -1)
    else if (event.key === "+" || event.key === "=") zoomBy(step)
    else if (event.key === "-" || event.key === "_") zoomBy(1 / step)
    else if (event.key === "0") reset()
    else return
    event.preventDefault()
  }
  useKeys(onKey)

  return (
    <Dialog label={part.name} onClose={onClose} isFull className="flex flex-col">
      <header className="flex shrink-0 items-center gap-1 py-2 ps-4 pe-2">
        <p className="me-auto min-w-0 truncate">
          <bdi>{part.name}</bdi>
          {pictures.length > 1 && (
            <span className="ps-3 text-ink-3 tabular-nums">
              {at + 1} of {pictures.length}
            </span>
          )}
        </p>
        {!isCompared && !isBroken && <ZoomTools zoom={zoom} percent={percent} />}
        {before && size && (
          <IconButton
            label="Before / after"
            aria-pressed={isCompared}
            className="aria-pressed:bg-hover aria-pressed:text-accent"
            onClick={() => setCompared(!isCompared)}
          >
            <Columns2 size={17} />
          </IconButton>
        )}
        <DownloadLink part={part} size={17} />
        <IconButton label="Close" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      <div className="relative min-h-0 grow">
        {isCompared && before && size ? (
          <BeforeAfter before={before} after={part} size={size} />
        ) : (
          <ZoomablePicture
            part={part}
            zoom={zoom}
            isBroken={isBroken}
            onLoaded={(size) => setLoaded({ fileId: part.fileId, size })}
          />
        )}
        {pictures.length > 1 && (
          <>
            <Turn
              label="Previous picture"
              className="start-2"
              icon={ChevronLeft}
              onTurn={() => go(-1)}
            />
            <Turn label="Next picture" className="end-2" icon={ChevronRight} onTurn={() => go(1)} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function ZoomTools({
  zoom: { room, view, zoomBy, reset },
  percent,
}: {
  zoom: ReturnType<typeof useZoom>
  percent: number
}) {
  return (
    <>
      <IconButton label="Zoom out" disabled={view.scale <= 1} onClick={() => zoomBy(1 / step)}>
        <ZoomOut size={17} />
      </IconButton>
      <button
        type="button"
        title="Fit (0)"
        onClick={reset}
        className="h-8 min-w-13 rounded-md text-ink-2 text-sm tabular-nums hover:bg-hover max-sm:hidden coarse:h-11"
      >
        <span className="sr-only">Fit, now at </span>
        {percent} %
      </button>
      <IconButton
        label="Zoom in"
        disabled={room !== null && view.scale >= room.most}
        onClick={() => zoomBy(step)}
      >
        <ZoomIn size={17} />
      </IconButton>
    </>
  )
}

function Turn({
  label,
  className,
  icon: Icon,
  onTurn,
}: {
  label: string
  className: string
  icon: LucideIcon
  onTurn: () => void
}) {
  return (
    <IconButton
      label={label}
      onClick={onTurn}
      className={`absolute top-1/2 size-10 -translate-y-1/2 rounded-full border border-line bg-raised shadow-float ${className}`}
    >
      <Icon size={19} className="rtl:rotate-180" />
    </IconButton>
  )
}

function sizeOf({ width, height }: FilePart): Size | null {
  return width && height ? { width, height } : null
}

/** Listens on the page, since a click on the picture takes the focus off the dialog's buttons. */
function useKeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event)
    document.addEventListener("keydown", listen)
    return () => document.removeEventListener("keydown", listen)
  }, [])
}
