import { ArrowUp, Square } from "lucide-react"

/** Sends what is written, or stops the answer that is coming. */
export function SendButton({
  isRunning,
  canSend,
  onStop,
}: {
  isRunning: boolean
  canSend: boolean
  onStop: () => void
}) {
  return isRunning ? (
    <button
      key="stop"
      type="button"
      aria-label="Stop"
      title="Stop (Esc)"
      onClick={onStop}
      className="ms-1 flex size-9 shrink-0 items-center justify-center rounded-md bg-ink text-paper transition-opacity hover:opacity-85 coarse:size-11"
    >
      <Square size={14} fill="currentColor" />
    </button>
  ) : (
    <button
      key="send"
      type="submit"
      aria-label="Send"
      title="Send (Enter)"
      aria-disabled={!canSend}
      className="ms-1 flex size-9 shrink-0 items-center justify-center rounded-md bg-accent text-on-accent transition-opacity hover:opacity-85 aria-disabled:opacity-35 coarse:size-11"
    >
      <ArrowUp size={18} strokeWidth={2.25} />
    </button>
  )
}
