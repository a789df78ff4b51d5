import type { DragEvent } from "react"

/** What the id of a file travels as from where it is shown to where one writes. */
export const fileDragType = "application/x-polylogue-file"

/** Lets an element be dragged as the file that it shows. */
export function dragProps(fileId: string) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(fileDragType, fileId),
  }
}
