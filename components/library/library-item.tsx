import { memo } from "react"
import type { LibraryFile } from "@/lib/db/library"
import { dragProps } from "../files/drag"
import { factsLine } from "../files/file-words"
import { toPart } from "../files/to-part"
import { Thumbnail } from "./thumbnail"

/** One file of the library: how it looks, what made it, and a box to select it. */
export const LibraryItem = memo(function LibraryItem({
  file,
  madeBy,
  isSelected,
  isSelecting,
  onSelect,
  onOpen,
}: {
  file: LibraryFile
  /** The name of the model. */
  madeBy: string | null
  isSelected: boolean
  /** Some are selected: all show their boxes. */
  isSelecting: boolean
  onSelect: (id: string, isSelected: boolean) => void
  onOpen: (file: LibraryFile) => void
}) {
  const { id, name, generation } = file
  return (
    <li className="group relative min-w-0">
      <button
        type="button"
        title={name}
        onClick={() => onOpen(file)}
        className="block w-full min-w-0 rounded-md text-start"
        {...dragProps(id)}
      >
        <span
          className={`flex aspect-square items-center justify-center overflow-hidden rounded-md bg-sunken text-ink-3 ${isSelected ? "-outline-offset-2 outline-2 outline-accent" : ""}`}
        >
          <Thumbnail file={file} />
        </span>
        <bdi className="mt-1.5 block truncate">{generation?.prompt || name}</bdi>
        <span className="block truncate text-ink-3 text-sm">
          {madeBy ?? factsLine(toPart(file))}
        </span>
      </button>
      <label
        className={`absolute start-0 top-0 flex size-9 items-center justify-center transition-opacity coarse:size-11 ${isSelecting ? "" : "opacity-0 focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100"}`}
      >
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={(event) => onSelect(id, event.currentTarget.checked)}
          className="size-4.5 accent-accent"
        />
      </label>
    </li>
  )
})
