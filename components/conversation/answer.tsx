"use client"

import { RefreshCw } from "lucide-react"
import { memo } from "react"
import type { Message } from "@/lib/message"
import type { ModelKind } from "@/lib/models"
import { plainText } from "@/lib/parts"
import { fileNames } from "../files/file-words"
import { IconButton } from "../ui/button"
import { AnswerFacts } from "./answer-facts"
import { AnswerState } from "./answer-state"
import type { ConversationStore } from "./conversation-store"
import { CopyButton } from "./copy-button"
import { PartView } from "./parts/registry"
import { useMessage } from "./use-conversation"
import { VersionSwitch } from "./version-switch"

type Props = {
  store: ConversationStore
  id: string
  isLast: boolean
  modelNames: Record<string, string>
  /** As far as this page knows them. */
  modelKinds: Record<string, ModelKind>
  canAsk: boolean
  onRegenerate: (questionId: string, usedModel: string) => void
  onChoose: (versionId: string) => void
}

/** What a model answered, while it comes and after. */
export const Answer = memo(function Answer(props: Props) {
  const { store, id, isLast, modelNames, modelKinds, canAsk, onRegenerate, onChoose } = props
  const message = useMessage(store, id)
  if (!message) return null
  const model = message.model ?? "Model"
  const name = (Object.hasOwn(modelNames, model) && modelNames[model]) || model
  const isRunning = message.status === "running"
  const text = plainText(message.parts)
  const isSlow = Object.hasOwn(modelKinds, model) && modelKinds[model] !== "text"
  const regenerate = () => {
    if (message.parentId) onRegenerate(message.parentId, message.model ?? "")
  }
  return (
    <article
      id={id}
      aria-label={`${name}: ${(text || fileNames(message.parts)).slice(0, 80)}`}
      aria-busy={isRunning}
      className="group"
    >
      <p className="mb-1.5 text-ink-3 text-sm">{name}</p>
      <AnswerParts message={message} />
      <AnswerState message={message} isSlow={isSlow} onRetry={canAsk ? regenerate : null} />
      {!isRunning && (
        <div
          className={`mt-2 -ms-2 flex min-h-8 items-center transition-opacity focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100 ${isLast ? "" : "opacity-0"}`}
        >
          <VersionSwitch store={store} id={id} onChoose={onChoose} />
          {text !== "" && <CopyButton text={() => text} />}
          <IconButton label="Regenerate" disabled={!canAsk} onClick={regenerate}>
            <RefreshCw size={15} />
          </IconButton>
          <AnswerFacts message={message} />
        </div>
      )}
    </article>
  )
})

function AnswerParts({ message }: { message: Message }) {
  const isRunning = message.status === "running"
  return (
    <div className="flex flex-col gap-3">
      {message.parts.map((part, index) => {
        const isOpen = isRunning && index === message.parts.length - 1
        // Parts are only ever added at the end: the place is the identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <PartView key={index} type={part.type} part={part} isOpen={isOpen} />
      })}
    </div>
  )
}
