import dynamic from "next/dynamic"
import type { RefObject } from "react"
import type { FilePart } from "@/lib/message/message"
import type { ChosenModel } from "@/lib/models/model"
import { AttachButton } from "../../files/attach-button"
import { SettingsButton } from "../../model-form/settings-button"
import { ModelButton } from "../../models/model-button"
import { DictateButton } from "../../voice/dictate-button"
import { CompareButton } from "./compare-button"
import { SendButton } from "./send-button"

const PriceTag = dynamic(
  () => import("../../model-form/price-tag").then((module) => module.PriceTag),
  { ssr: false },
)

/** The row below the box: files, dictation, price, models, settings, sending. */
export function BoxTools(props: {
  userId: string
  box: RefObject<HTMLTextAreaElement | null>
  models: readonly ChosenModel[]
  files: readonly FilePart[]
  hasText: boolean
  canSend: boolean
  isRunning: boolean
  areSettingsOpen: boolean
  onFiles: (files: readonly File[]) => void
  onModels: (models: ChosenModel[]) => void
  onSettings: () => void
  onProblem: (problem: string | null) => void
  onStop: () => void
}) {
  const { userId, box, models, onFiles, onModels, onProblem } = props
  const model = models[0] ?? null
  return (
    <div className="flex items-center gap-1 p-2 max-sm:has-data-dictating:[&>.grow~*]:hidden">
      <AttachButton onFiles={onFiles} />
      <DictateButton
        box={box}
        modelId={model?.id ?? null}
        onFile={(file) => onFiles([file])}
        onProblem={onProblem}
      />
      <span className="grow" />
      {models.some(({ kind }) => kind !== "text") && (
        <PriceTag
          userId={userId}
          models={models}
          box={box}
          hasText={props.hasText}
          files={props.files}
        />
      )}
      <CompareButton models={models} onModels={onModels} />
      <ModelButton
        model={model}
        onChoose={(chosen) => {
          onProblem(null)
          onModels([chosen, ...models.slice(1).filter(({ id }) => id !== chosen.id)])
        }}
      />
      <SettingsButton
        userId={userId}
        modelId={model?.id ?? null}
        isOpen={props.areSettingsOpen}
        onToggle={props.onSettings}
      />
      <SendButton isRunning={props.isRunning} canSend={props.canSend} onStop={props.onStop} />
    </div>
  )
}
