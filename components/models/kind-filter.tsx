import { useMemo } from "react"
import type { ListedModel, ModelKind } from "@/lib/models/model"
import { kindOrder, modelKinds } from "./model-kinds"

/** The kinds of models that there are; one of them, or all. */
export function KindFilter({
  models,
  kind,
  onKind,
}: {
  models: readonly ListedModel[]
  kind: ModelKind | null
  onKind: (kind: ModelKind | null) => void
}) {
  const kinds = useMemo(
    () =>
      [...new Set(models.map((model) => model.kind))].sort((a, b) => kindOrder(a) - kindOrder(b)),
    [models],
  )
  if (kinds.length < 2) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: not fields of a form
    <div
      role="group"
      aria-label="Kinds of models"
      className="flex shrink-0 flex-wrap gap-0.5 border-line border-b px-2 py-1.5 max-sm:flex-nowrap max-sm:overflow-x-auto"
    >
      {[null, ...kinds].map((each) => {
        const { label, Glyph } = each === null ? { label: "All", Glyph: null } : modelKinds[each]
        return (
          <button
            key={label}
            type="button"
            aria-pressed={each === kind}
            onClick={() => onKind(each)}
            className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-ink-2 text-sm transition-colors hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink coarse:h-11"
          >
            {Glyph && <Glyph size={14} aria-hidden />}
            {label}
          </button>
        )
      })}
    </div>
  )
}
