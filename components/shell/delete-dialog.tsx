import { Button } from "../ui/button"
import { Dialog } from "../ui/dialog"

/** Asks before a conversation is gone for good. */
export function DeleteDialog({
  title,
  error,
  onClose,
  onDelete,
}: {
  title: string
  error: string | null
  onClose: () => void
  onDelete: () => void
}) {
  return (
    <Dialog label="Delete conversation" onClose={onClose}>
      <h2 className="font-semibold text-xl">Delete this conversation?</h2>
      <p className="mt-2 text-ink-2">
        <bdi className="text-ink">“{title}”</bdi> and all its messages will be gone for good.
      </p>
      {error && (
        <p role="alert" className="mt-3 text-bad">
          {error}
        </p>
      )}
      <div className="mt-6 flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" onClick={onDelete}>
          Delete
        </Button>
      </div>
    </Dialog>
  )
}
