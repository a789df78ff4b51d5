"use client"

import { ChevronDown } from "lucide-react"
import dynamic from "next/dynamic"
import { useId, useState } from "react"
import type { ChosenModel, ModelKind } from "@/lib/models/model"

// The list of hundreds of models and its dialog come when they are first wanted.
const ModelPicker = dynamic(() => import("./model-picker").then((module) => module.ModelPicker), {
  ssr: false,
})

/** Says which model will answer; opens the list to choose another. */
export function ModelButton({
  model,
  only,
  onChoose,
}: {
  model: ChosenModel | null
  /** The one kind that is offered; without it all. */
  only?: ModelKind
  onChoose: (model: ChosenModel) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const nameId = useId()
  return (
    <>
      <button
        type="button"
        aria-label="Model"
        aria-describedby={nameId}
        aria-haspopup="dialog"
        title="Choose the model"
        onClick={() => setOpen(true)}
        className="flex h-9 min-w-0 items-center gap-1.5 rounded-md px-2.5 text-ink-2 transition-colors hover:bg-hover hover:text-ink coarse:h-11"
      >
        <span id={nameId} className="truncate">
          {model?.name ?? "Choose a model"}
        </span>
        <ChevronDown size={15} className="shrink-0" aria-hidden />
      </button>
      {isOpen && (
        <ModelPicker
          chosenId={model?.id ?? null}
          only={only}
          onClose={() => setOpen(false)}
          onChoose={(chosen) => {
            onChoose(chosen)
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
