"use client"

import { Columns2, X } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { limits } from "@/lib/base/limits"
import type { ChosenModel } from "@/lib/models/model"
import { IconButton } from "../../ui/button"

const ModelPicker = dynamic(
  () => import("../../models/model-picker").then((module) => module.ModelPicker),
  {
    ssr: false,
  },
)

type Props = { models: readonly ChosenModel[]; onModels: (models: ChosenModel[]) => void }

/** Adds another model that is asked the same. */
export function CompareButton({ models, onModels }: Props) {
  const [isOpen, setOpen] = useState(false)
  const isFull = models.length >= limits.modelsCompared
  return (
    <>
      <IconButton
        label={isFull ? `${limits.modelsCompared} at most` : "Compare"}
        aria-haspopup="dialog"
        disabled={models.length === 0 || isFull}
        className="size-9"
        onClick={() => setOpen(true)}
      >
        <Columns2 size={17} />
      </IconButton>
      {isOpen && (
        <ModelPicker
          chosenId={models[0]?.id ?? null}
          onClose={() => setOpen(false)}
          onChoose={(chosen) => {
            setOpen(false)
            if (!models.some(({ id }) => id === chosen.id)) onModels([...models, chosen])
          }}
        />
      )}
    </>
  )
}

/** All models that will answer side by side, each to be taken out again. */
export function ComparedModels({ models, onModels }: Props) {
  return (
    <ul aria-label="Answering side by side" className="flex flex-wrap gap-1.5 px-3 pt-1">
      {models.map((model) => (
        <li
          key={model.id}
          className="flex min-w-0 items-center rounded-md bg-hover ps-2.5 text-ink-2 text-sm"
        >
          <span className="truncate">{model.name}</span>
          <IconButton
            label={`Remove ${model.name}`}
            className="size-7"
            onClick={() => onModels(models.filter(({ id }) => id !== model.id))}
          >
            <X size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
