"use client"

import { ArrowDown } from "lucide-react"
import { useEffect } from "react"
import type { Structure } from "../conversation-store"
import type { MessageActions } from "../message-actions"
import { Answer } from "./answer"
import { Comparison } from "./comparison"
import { Earlier } from "./earlier"
import { Question } from "./question"
import { useStickToEnd } from "./use-stick-to-end"

/** What was said on the branch that is shown, oldest first. Follows the end while one is there. */
export function Transcript({
  actions,
  structure,
  editing,
  onEditing,
}: {
  actions: MessageActions
  structure: Structure
  /** The question that is being edited. */
  editing: string | null
  onEditing: (id: string | null) => void
}) {
  const { store } = actions
  const { scroller, content, isAtEnd, goToEnd, goTo } = useStickToEnd(structure.headId)
  const path = store.path()
  const last = path.at(-1)
  const nodes = new Map(structure.nodes.map((node) => [node.id, node]))
  useLinkedMessage(actions, goTo)
  return (
    <div className="@container relative min-h-0 grow">
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long answers are scrolled by key
        tabIndex={0}
        data-follows=""
        suppressHydrationWarning
        className="h-full outline-none overflow-y-auto [overflow-anchor:none]"
      >
        <div
          ref={content}
          role="log"
          aria-label="Conversation"
          className="mx-auto flex w-full max-w-column flex-col gap-6 px-4 pt-8 pb-10"
        >
          {structure.hasEarlier && path[0] && (
            <Earlier actions={actions} firstId={path[0]} scroller={scroller} />
          )}
          {path.map((id) => {
            const node = nodes.get(id)
            if (!node) return null
            // A path has one message below each: another version takes the place of this one.
            const key = node.parentId ?? "root"
            const canAsk = !structure.isRunning
            if (node.role === "user") {
              const isEditing = id === editing
              const props = { actions, id, canAsk, isEditing, onEditing }
              return <Question key={key} {...props} />
            }
            const compared = id === last ? store.compared(id) : []
            return compared.length > 1 ? (
              <Comparison key={key} actions={actions} ids={compared} />
            ) : (
              <Answer
                key={key}
                actions={actions}
                id={id}
                isLast={id === last}
                canAsk={canAsk}
                onEditing={onEditing}
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

/** An address that ends in #<message> leads to it, on whatever branch it is. */
function useLinkedMessage(actions: MessageActions, goTo: (id: string) => void): void {
  useEffect(() => {
    const show = async () => {
      const id = location.hash.slice(1)
      if (id === "") return
      if (!actions.store.path().includes(id) && !(await actions.onLink(id))) return
      // Once it is drawn.
      requestAnimationFrame(() => goTo(id))
    }
    void show()
    addEventListener("hashchange", show)
    return () => removeEventListener("hashchange", show)
  }, [actions, goTo])
}
