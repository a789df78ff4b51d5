import type { Size } from "./zoom"

type Point = { x: number; y: number }

/** One stroke of the brush, in pixels of the picture; or all of it at once. */
export type Stroke = { width: number; points: readonly Point[] } | "all"

/** Draws strokes with whatever the context is set to. Its units are pixels of the picture. */
export function drawStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  size: Size,
): void {
  context.lineCap = "round"
  context.lineJoin = "round"
  for (const stroke of strokes) {
    if (stroke === "all") {
      context.fillRect(0, 0, size.width, size.height)
      continue
    }
    const [first, ...others] = stroke.points
    if (!first) continue
    context.lineWidth = stroke.width
    context.beginPath()
    context.moveTo(first.x, first.y)
    context.lineTo(first.x, first.y) // a dot is a line too
    for (const { x, y } of others) context.lineTo(x, y)
    context.stroke()
  }
}

/** A mask as picture services read it: as large as the picture, white, and transparent where it may change. */
export async function maskFile(
  strokes: readonly Stroke[],
  size: Size,
  pictureName: string,
): Promise<File> {
  const canvas = document.createElement("canvas")
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext("2d")
  if (!context) throw new Error("no canvas")
  context.fillStyle = "white"
  context.fillRect(0, 0, size.width, size.height)
  context.globalCompositeOperation = "destination-out"
  drawStrokes(context, strokes, size)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"))
  if (!blob) throw new Error("no room for the mask")
  const name = pictureName.replace(/\.[a-z0-9]{1,5}$/i, "")
  return new File([blob], `Mask of ${name}.png`, { type: "image/png" })
}
