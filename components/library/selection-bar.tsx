import { Download, Trash2 } from "lucide-react"
import { useState } from "react"
import type { LibraryFile } from "@/lib/db/library"
import { Button } from "../ui/button"
import { countFiles } from "./count-files"
import { downloadFiles } from "./download-files"

/** How many files there are, and what can be done with those that are selected. */
export function SelectionBar({
  count,
  selected,
  onSelectAll,
  onDelete,
}: {
  /** Files that are shown. */
  count: number
  selected: readonly LibraryFile[]
  onSelectAll: (isAll: boolean) => void
  onDelete: () => void
}) {
  const [isDownloading, setDownloading] = useState(false)
  const isAll = selected.length === count
  return (
    <div className="sticky top-0 z-10 -mx-4 mt-2 flex min-h-13 flex-wrap items-center gap-2 bg-paper px-4 py-2 md:-mx-6 md:px-6">
      <label className="me-auto flex items-center gap-2 text-ink-2 coarse:min-h-11">
        <input
          ref={(box) => {
            if (box) box.indeterminate = selected.length > 0 && !isAll
          }}
          type="checkbox"
          checked={isAll}
          onChange={(event) => onSelectAll(event.currentTarget.checked)}
          className="size-4.5 accent-accent"
        />
        Select all shown
      </label>
      {selected.length > 0 && (
        <>
          <Button
            className="max-sm:px-3"
            disabled={isDownloading}
            onClick={() => {
              setDownloading(true)
              void downloadFiles(selected).finally(() => setDownloading(false))
            }}
          >
            <Download size={15} aria-hidden /> <span className="max-sm:sr-only">Download</span>
          </Button>
          <Button className="max-sm:px-3" onClick={onDelete}>
            <Trash2 size={15} aria-hidden /> Delete {countFiles(selected.length)}
          </Button>
        </>
      )}
    </div>
  )
}
