import { Brain, Eye, Hammer, Paperclip } from "lucide-react"
import { memo, useEffect, useRef } from "react"
import type { ListedModel } from "@/lib/models/model"
import { formatPrice } from "@/lib/models/money"
import { modelKinds } from "./model-kinds"

const abilityGlyphs = [
  { ability: "reasoning", label: "Reasoning", Glyph: Brain },
  { ability: "vision", label: "Sees pictures", Glyph: Eye },
  { ability: "file_input", label: "Reads files", Glyph: Paperclip },
  { ability: "tools", label: "Uses tools", Glyph: Hammer },
] as const

/** One row of the picker: kind, name, vendor, abilities, context, price. */
export const ModelOption = memo(function ModelOption({
  id,
  index,
  model,
  isActive,
  isChosen,
  onPoint,
  onChoose,
}: {
  id: string
  index: number
  model: ListedModel
  isActive: boolean
  isChosen: boolean
  onPoint: (index: number) => void
  onChoose: (model: ListedModel) => void
}) {
  const { label: kind, Glyph } = modelKinds[model.kind]
  const price = priceOf(model)
  const speed = speedOf(model)
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: "nearest" })
  }, [isChosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search box has the focus and the keys
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isActive}
      aria-label={[model.name, model.vendor, kind, price, speed].filter(Boolean).join(", ")}
      aria-current={isChosen || undefined}
      data-model-id={model.id}
      tabIndex={-1}
      onPointerMove={() => onPoint(index)}
      onClick={() => onChoose(model)}
      className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 ${isActive ? "bg-hover" : ""}`}
    >
      <span title={kind} className="shrink-0 text-ink-3">
        <Glyph size={16} aria-hidden />
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">
          {model.name}
          {isChosen && <span className="ms-2 font-normal text-accent">chosen</span>}
        </span>
        <span className="block truncate text-ink-3 text-sm">{model.vendor || model.id}</span>
      </span>
      <span className="flex shrink-0 gap-1.5 text-ink-3 max-sm:hidden">
        {abilityGlyphs.map(
          ({ ability, label, Glyph }) =>
            model.abilities.includes(ability) && (
              <span key={ability} title={label}>
                <Glyph size={14} aria-hidden />
              </span>
            ),
        )}
      </span>
      <span className="w-44 shrink-0 whitespace-nowrap text-end text-ink-3 text-sm tabular-nums max-sm:w-32">
        <span className="block truncate" title={model.priceLabel ?? undefined}>
          {price}
        </span>
        <span className="flex justify-end gap-2">
          {speed && <span title="The middle of its last five minutes">{speed}</span>}
          {model.contextTokens && (
            <span className={speed ? "max-sm:hidden" : ""} title="Context in tokens">
              {compact.format(model.contextTokens)} tokens
            </span>
          )}
        </span>
      </span>
    </div>
  )
})

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 0 })

/** Of what is paid by tokens both numbers, for a million; they are what people compare. */
function priceOf({ inputUsdPerMillion, outputUsdPerMillion, priceLabel }: ListedModel): string {
  if (inputUsdPerMillion === null || outputUsdPerMillion === null) return priceLabel ?? ""
  if (inputUsdPerMillion === 0 && outputUsdPerMillion === 0) return "free"
  return `${formatPrice(inputUsdPerMillion)} / ${formatPrice(outputUsdPerMillion)}`
}

function speedOf({ metrics }: ListedModel): string {
  if (metrics?.tokensPerSecond) return `${Math.round(metrics.tokensPerSecond)} tok/s`
  if (!metrics?.durationMs) return ""
  const seconds = metrics.durationMs / 1_000
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}
