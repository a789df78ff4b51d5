import type { FilePart } from "@/lib/message/message"
import { contentUrl } from "../../files/file-words"
import type { useZoom } from "./use-zoom"
import type { Size } from "./zoom"

/** A picture in a frame that it fits into, can be larger than, and be moved in. */
export function ZoomablePicture({
  part,
  zoom: { setFrame, room, view, zoomBy, reset },
  isBroken,
  onLoaded,
}: {
  part: FilePart
  zoom: ReturnType<typeof useZoom>
  isBroken: boolean
  /** Its own size; null when the browser cannot show it. */
  onLoaded: (size: Size | null) => void
}) {
  if (isBroken) {
    return (
      <p role="status" className="flex size-full items-center justify-center px-6 text-ink-2">
        This browser cannot show the picture. Download it to open it elsewhere.
      </p>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: there are keys and buttons for the same
    <div
      ref={setFrame}
      onDoubleClick={(event) => {
        const { left, top } = event.currentTarget.getBoundingClientRect()
        if (view.scale > 1) reset()
        else zoomBy(2.5, event.clientX - left, event.clientY - top)
      }}
      className={`flex size-full touch-none select-none items-center justify-center overflow-hidden ${view.scale > 1 ? "cursor-grab active:cursor-grabbing" : ""}`}
    >
      {/* biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have */}
      <img
        key={part.fileId}
        src={contentUrl(part.fileId)}
        alt={part.name}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          onLoaded({ width, height })
        }
        onError={() => onLoaded(null)}
        style={
          room
            ? {
                width: room.fit.width,
                height: room.fit.height,
                transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
              }
            : undefined
        }
        className={`max-w-none shrink-0 ${room ? "" : "max-h-full"}`}
      />
    </div>
  )
}
