import { Brush, RotateCcw, X } from "lucide-react"
import type { FileSlot } from "@/lib/models/fields"
import { IconButton } from "../ui/button"
import type { Attachment } from "./attachment"
import { formatBytes, typeWords } from "./file-words"
import { KindGlyph } from "./kind-glyph"

/** One attached file: what it is, how far it has come, and where in the request it goes. */
export function AttachmentChip({
  item,
  note,
  slots,
  slot,
  onPaint,
  onSlot,
  onRetry,
  onRemove,
}: {
  item: Attachment
  /** Why the model cannot use it. */
  note: string | null
  /** Places to choose from, when there are several. */
  slots: readonly FileSlot[]
  slot: string
  /** Paints a mask over it; null where there is no use for one. */
  onPaint: (() => void) | null
  onSlot: (name: string) => void
  onRetry: () => void
  onRemove: () => void
}) {
  const words = item.error ?? note
  return (
    <li className="w-64 min-w-0 max-w-full rounded-md max-sm:w-full bg-sunken p-1.5">
      <div className="flex items-center gap-2.5">
        <span className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-hover text-ink-3">
          {item.previewUrl ? (
            // biome-ignore lint/performance/noImgElement: a file of the person's own, already small on the screen
            <img src={item.previewUrl} alt="" className="size-full object-cover" />
          ) : (
            <KindGlyph mediaType={item.mediaType} />
          )}
        </span>
        <span className="min-w-0 grow">
          <bdi className="block truncate" title={item.name}>
            {item.name}
          </bdi>
          {item.state === "uploading" ? (
            <span
              role="progressbar"
              aria-label={`Uploading ${item.name}`}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round(item.progress * 100)}
              className="mt-2 mb-1.5 block h-1 overflow-hidden rounded-full bg-line"
            >
              <span
                className="block h-full origin-left bg-accent rtl:origin-right"
                style={{ transform: `scaleX(${item.progress})` }}
              />
            </span>
          ) : (
            !words && (
              <span className="block truncate text-ink-3 text-sm">
                {typeWords(item.name, item.mediaType)} · {formatBytes(item.sizeBytes)}
              </span>
            )
          )}
        </span>
        {item.state === "failed" && item.canRetry && (
          <IconButton label={`Upload ${item.name} again`} onClick={onRetry}>
            <RotateCcw size={15} />
          </IconButton>
        )}
        {onPaint && (
          <IconButton label={`Draw mask on ${item.name}`} onClick={onPaint}>
            <Brush size={15} />
          </IconButton>
        )}
        <IconButton label={`Remove ${item.name}`} onClick={onRemove}>
          <X size={16} />
        </IconButton>
      </div>
      {words && item.state !== "uploading" && (
        <p
          role="status"
          className={`px-1 pt-1 pb-0.5 text-sm ${item.error ? "text-bad" : "text-warn"}`}
        >
          {words}
        </p>
      )}
      {slots.length > 0 && item.part && (
        <select
          aria-label={`Use of ${item.name}`}
          value={slot}
          onChange={(event) => onSlot(event.currentTarget.value)}
          className="mt-1.5 h-8 w-full rounded-md border border-line bg-raised px-2 coarse:h-11"
        >
          {slot === "" && <option value="">Not used</option>}
          {slots.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      )}
    </li>
  )
}
