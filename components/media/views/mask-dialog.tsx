"use client"

import { Eraser, SquareDashed, Undo2, X } from "lucide-react"
import { useId, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { contentUrl } from "../../files/file-words"
import { Button, IconButton } from "../../ui/button"
import { Dialog } from "../../ui/dialog"
import { maskFile, type Stroke } from "./mask"
import { MaskCanvas } from "./mask-canvas"
import type { Size } from "./zoom"

/** Paints over a picture what a model may change in it. */
export function MaskDialog({
  part,
  onDone,
  onClose,
}: {
  part: FilePart
  onDone: (mask: File) => void
  onClose: () => void
}) {
  const id = useId()
  const [size, setSize] = useState<Size | null>(null)
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  /** In percent of the picture's shorter side. */
  const [brush, setBrush] = useState(10)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isEmpty = strokes.length === 0

  async function finish() {
    if (!size || isEmpty) return
    setBusy(true)
    try {
      onDone(await maskFile(strokes, size, part.name))
    } catch {
      setProblem("This picture is too large to be painted on here.")
    }
  }

  return (
    <Dialog label={`Mask for ${part.name}`} onClose={onClose} isFull className="flex flex-col">
      <header className="flex shrink-0 items-center gap-2 py-2 ps-4 pe-2">
        <h2 className="me-auto min-w-0 truncate">Paint over what is to change</h2>
        <StrokeTools strokes={strokes} isReady={size !== null} onStrokes={setStrokes} />
        <IconButton label="Close" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      <div
        style={{ containerType: "size" }}
        className="flex min-h-0 grow items-center justify-center px-4"
      >
        {problem ? (
          <p role="alert" className="text-center text-bad">
            {problem}
          </p>
        ) : (
          <div
            className="relative"
            style={
              size
                ? {
                    aspectRatio: size.width / size.height,
                    width: `min(100cqw, 100cqh * ${(size.width / size.height).toFixed(4)}, ${Math.max(size.width, 640)}px)`,
                  }
                : undefined
            }
          >
            {/* biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have */}
            <img
              src={contentUrl(part.fileId)}
              alt={part.name}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                setSize({ width, height })
              }
              onError={() =>
                setProblem("This browser cannot show the picture, so it cannot be painted on.")
              }
              className="block size-full"
            />
            {size && (
              <MaskCanvas
                size={size}
                strokes={strokes}
                brushWidth={(Math.min(size.width, size.height) * brush) / 100}
                onStroke={(stroke) => setStrokes([...strokes, stroke])}
              />
            )}
          </div>
        )}
      </div>
      <footer className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <label htmlFor={`${id}-brush`} className="text-ink-2">
          Brush size
        </label>
        <input
          id={`${id}-brush`}
          type="range"
          form="" // not the composer's: Enter would send
          min={1}
          max={40}
          value={brush}
          onChange={(event) => setBrush(Number(event.currentTarget.value))}
          className="h-8 w-40 accent-accent max-sm:w-28 coarse:h-11"
        />
        <span className="grow" />
        <Button onClick={onClose} className="max-sm:hidden">
          Cancel
        </Button>
        <Button look="primary" disabled={isEmpty || !size || isBusy} onClick={() => void finish()}>
          Use mask
        </Button>
      </footer>
    </Dialog>
  )
}

function StrokeTools({
  strokes,
  isReady,
  onStrokes,
}: {
  strokes: readonly Stroke[]
  isReady: boolean
  onStrokes: (strokes: readonly Stroke[]) => void
}) {
  const isEmpty = strokes.length === 0
  return (
    <>
      <IconButton label="Undo" disabled={isEmpty} onClick={() => onStrokes(strokes.slice(0, -1))}>
        <Undo2 size={17} />
      </IconButton>
      <IconButton label="Clear" disabled={isEmpty} onClick={() => onStrokes([])}>
        <Eraser size={17} />
      </IconButton>
      <IconButton
        label="Select all"
        disabled={!isReady}
        onClick={() => onStrokes([...strokes, "all"])}
      >
        <SquareDashed size={17} />
      </IconButton>
    </>
  )
}
