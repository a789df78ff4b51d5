"use client"

import { RefreshCw } from "lucide-react"
import { memo } from "react"
import type { Message } from "@/lib/message"
import { isEmpty, plainText } from "@/lib/parts"
import { IconButton } from "../ui/button"
import { AnswerFacts } from "./answer-facts"
import { AnswerState } from "./answer-state"
import type { ConversationStore } from "./conversation-store"
import { CopyButton } from "./copy-button"
import { partViews } from "./parts/registry"
import { useMessage } from "./use-conversation"
import { VersionSwitch } from "./version-switch"

type Props = {
  store: ConversationStore
  id: string
  isLast: boolean
  modelNames: Record<string, string>
  canAsk: boolean
  onRegenerate: (questionId: string, usedModel: string) => void
  onChoose: (versionId: string) => void
}

/** What a model answered, while it comes and after. */
export const Answer = memo(function Answer(props: Props) {
  const { store, id, isLast, modelNames, canAsk, onRegenerate, onChoose } = props
  const message = useMessage(store, id)
  if (!message) return null
  const model = message.model ?? "Model"
  const name = (Object.hasOwn(modelNames, model) && modelNames[model]) || model
  const isRunning = message.status === "running"
  const regenerate = () => {
    if (message.parentId) onRegenerate(message.parentId, message.model ?? "")
  }
  return (
    <article
      id={id}
      aria-label={`${name}: ${plainText(message.parts).slice(0, 80)}`}
      aria-busy={isRunning}
      className="group"
    >
      <p className="mb-1.5 text-ink-3 text-sm">{name}</p>
      <AnswerParts message={message} />
      <AnswerState message={message} onRetry={canAsk ? regenerate : null} />
      {!isRunning && (
        <div
          className={`mt-2 -ms-2 flex min-h-8 items-center transition-opacity focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100 ${isLast ? "" : "opacity-0"}`}
        >
          <VersionSwitch store={store} id={id} onChoose={onChoose} />
          {!isEmpty(message.parts) && <CopyButton text={() => plainText(message.parts)} />}
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
        const View = partViews[part.type]
        const isOpen = isRunning && index === message.parts.length - 1
        // Parts are only ever added at the end: the place is the identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <View key={index} part={part} isOpen={isOpen} />
      })}
    </div>
  )
}
