"use client"

import dynamic from "next/dynamic"
import type { MessageActions } from "../message-actions"

const ModelPicker = dynamic(
  () => import("../../models/model-picker").then((module) => module.ModelPicker),
  {
    ssr: false,
  },
)

/** Who answered; choosing another model asks it the same. */
export function AnswerName({
  actions,
  model,
  questionId,
  canAsk,
  isSwitching,
  onSwitching,
}: {
  actions: MessageActions
  model: string
  questionId: string
  canAsk: boolean
  isSwitching: boolean
  onSwitching: (isSwitching: boolean) => void
}) {
  const name = actions.nameOf(model)
  return (
    <>
      <button
        type="button"
        title="Ask another"
        aria-label={`${name}: ask another`}
        aria-haspopup="dialog"
        aria-disabled={!canAsk}
        onClick={() => canAsk && onSwitching(true)}
        className="mb-1.5 max-w-full truncate rounded-sm text-ink-3 text-sm transition-colors hover:text-ink aria-disabled:hover:text-ink-3"
      >
        {name}
      </button>
      {isSwitching && (
        <ModelPicker
          chosenId={model}
          onClose={() => onSwitching(false)}
          onChoose={(chosen) => {
            onSwitching(false)
            actions.learn(chosen)
            actions.onRegenerate({ questionId, usedModel: model, model: chosen.id })
          }}
        />
      )}
    </>
  )
}
