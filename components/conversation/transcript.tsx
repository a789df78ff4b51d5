"use client"

import { ArrowDown } from "lucide-react"
import type { ModelKind } from "@/lib/models"
import { Answer } from "./answer"
import { Question } from "./question"
import type { ConversationState } from "./use-conversation"
import { useStickToEnd } from "./use-stick-to-end"

/** What was said on the branch that is shown, oldest first. Follows the end while one is there. */
export function Transcript({
  conversation,
  modelNames,
  modelKinds,
  onRegenerate,
  onChoose,
}: {
  conversation: ConversationState
  modelNames: Record<string, string>
  modelKinds: Record<string, ModelKind>
  onRegenerate: (questionId: string, usedModel: string) => void
  onChoose: (versionId: string) => void
}) {
  const { store, structure } = conversation
  const { scroller, content, isAtEnd, goToEnd } = useStickToEnd(structure.headId)
  const path = store.path()
  const last = path.at(-1)
  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long answers are scrolled by key
        tabIndex={0}
        className="h-full outline-none overflow-y-auto [overflow-anchor:none]"
      >
        <div
          ref={content}
          role="log"
          aria-label="Conversation"
          className="mx-auto flex w-full max-w-column flex-col gap-6 px-4 pt-8 pb-10"
        >
          {path.map((id) => {
            const node = structure.nodes.find((node) => node.id === id)
            if (!node) return null
            // A path has one message below each: another version takes the place of this one.
            const key = node.parentId ?? "root"
            return node.role === "user" ? (
              <Question key={key} store={store} id={id} onChoose={onChoose} />
            ) : (
              <Answer
                key={key}
                store={store}
                id={id}
                isLast={id === last}
                modelNames={modelNames}
                modelKinds={modelKinds}
                canAsk={!structure.isRunning}
                onRegenerate={onRegenerate}
                onChoose={onChoose}
              />
            )
          })}
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          aria-label="Go to the end"
          onClick={goToEnd}
          className="absolute inset-x-0 bottom-3 mx-auto flex size-9 animate-open items-center justify-center rounded-full border border-line bg-raised text-ink-2 shadow-float hover:text-ink coarse:size-11"
        >
          <ArrowDown size={17} />
        </button>
      )}
    </div>
  )
}
