import { useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { LibraryFile } from "@/lib/db/library"
import { Button } from "../ui/button"
import { Dialog } from "../ui/dialog"
import { countFiles } from "./count-files"

/** Asks before files are gone for good. */
export function DeleteFilesDialog({
  files,
  onDelete,
  onDeleted,
  onClose,
}: {
  files: readonly LibraryFile[]
  onDelete: (ids: readonly string[]) => Promise<void>
  onDeleted: () => void
  onClose: () => void
}) {
  const [isDeleting, setDeleting] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [first] = files
  const isOne = files.length === 1

  async function remove() {
    setDeleting(true)
    try {
      await onDelete(files.map(({ id }) => id))
      onDeleted()
    } catch (caught) {
      setDeleting(false)
      setError(caught instanceof AppError ? caught.message : "That did not work. Try again.")
    }
  }

  return (
    <Dialog label="Delete files" onClose={onClose}>
      <h2 className="font-semibold text-xl">
        {isOne ? "Delete this file?" : `Delete ${countFiles(files.length)}?`}
      </h2>
      <p className="mt-2 text-ink-2">
        {isOne ? <bdi className="text-ink">“{first?.name}”</bdi> : "They"} will be gone for good,
        from the conversations that show {isOne ? "it" : "them"} too.
      </p>
      {error && (
        <p role="alert" className="mt-3 text-bad">
          {error}
        </p>
      )}
      <div className="mt-6 flex justify-end gap-2">
        <Button onClick={onClose}>{isOne ? "Keep it" : "Keep them"}</Button>
        <Button look="danger" disabled={isDeleting} onClick={() => void remove()}>
          Delete {countFiles(files.length)}
        </Button>
      </div>
    </Dialog>
  )
}
