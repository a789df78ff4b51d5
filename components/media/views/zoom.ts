/** How a picture lies in its frame: how much larger than it fits, and how far off the middle. */
export type View = { scale: number; x: number; y: number }

export type Size = { width: number; height: number }
type Point = { x: number; y: number }

/** A picture's room: the frame, the size at which it lies whole in it, and how much larger it may get. */
export type Room = { frame: Size; fit: Size; most: number }

export const fitted: View = { scale: 1, x: 0, y: 0 }

/** The room of a picture in a frame; a small one is not blown up to fit. */
export function roomOf(picture: Size, frame: Size): Room {
  const scale = Math.min(1, frame.width / picture.width, frame.height / picture.height)
  const fit = { width: picture.width * scale, height: picture.height * scale }
  return { frame, fit, most: Math.max(8, 2 / scale) }
}

/** The view after zooming by a factor; what lies at a place (from the frame's middle) stays there. */
export function zoomed(view: View, factor: number, at: Point, room: Room): View {
  const scale = Math.min(room.most, Math.max(1, view.scale * factor))
  const change = scale / view.scale
  const moved = { scale, x: at.x - (at.x - view.x) * change, y: at.y - (at.y - view.y) * change }
  return kept(moved, room)
}

/** The view after a drag. */
export function dragged(view: View, x: number, y: number, room: Room): View {
  return kept({ ...view, x: view.x + x, y: view.y + y }, room)
}

/** No further than its edges: what lies whole in the frame stays in the middle. */
function kept({ scale, x, y }: View, { fit, frame }: Room): View {
  const mostX = Math.max(0, (fit.width * scale - frame.width) / 2)
  const mostY = Math.max(0, (fit.height * scale - frame.height) / 2)
  return { scale, x: within(x, mostX), y: within(y, mostY) }
}

function within(value: number, most: number): number {
  // Not -0, which is another number to whoever compares.
  return Math.min(most, Math.max(-most, value)) || 0
}
