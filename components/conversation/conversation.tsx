"use client"

import dynamic from "next/dynamic"
import { useEffect, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { Message } from "@/lib/message/message"
import type { ChosenModel } from "@/lib/models/model"
import { Composer } from "./composer/composer"
import { Greeting } from "./greeting"
import { useConversation } from "./use-conversation"
import { useMessageActions } from "./use-message-actions"

// Markdown and what belongs to it come with the first message, or while one is typed.
const Transcript = dynamic(() =>
  import("./transcript/transcript").then((module) => module.Transcript),
)

/** One conversation: what was said, and the place to say more. */
export function Conversation({
  id,
  userId,
  userName,
  model: initialModel,
  title,
  ...initial
}: {
  id: string
  userId: string
  userName: string
  model: ChosenModel | null
  messages: Message[]
  modelNames: Record<string, string>
  headId: string | null
  title: string | null
}) {
  const conversation = useConversation(id, userId, { ...initial, title })
  const { structure, ask, stop } = conversation
  const [models, setModels] = useState(initialModel ? [initialModel] : [])
  const [notice, setNotice] = useState<string | null>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const isEmpty = structure.headId === null

  async function attempt(work: Promise<void>): Promise<boolean> {
    setNotice(null)
    try {
      await work
      return true
    } catch (error) {
      setNotice(error instanceof AppError ? error.message : "That did not work. Try again.")
      return false
    }
  }

  const actions = useMessageActions({
    userId,
    conversation,
    attempt,
    chosen: models,
    initialModel,
    onPicked: (picked) => setModels([picked]),
  })
  useStopByKey(structure.isRunning, stop)

  function editLast() {
    const path = conversation.store.path()
    const question = path.findLast((each) => conversation.store.get(each)?.role === "user")
    if (question && !structure.isRunning) setEditing(question)
  }

  return (
    <main className="flex min-h-0 grow flex-col">
      {isEmpty ? <Greeting name={userName} /> : <h1 className="sr-only">{title ?? "New chat"}</h1>}
      {!isEmpty && (
        <Transcript
          actions={actions}
          structure={structure}
          editing={editing}
          onEditing={setEditing}
        />
      )}
      <Composer
        key={id}
        userId={userId}
        draftKey={`draft:${userId}:${isEmpty ? "new" : id}`}
        models={models}
        isRunning={structure.isRunning}
        notice={notice}
        hasStarters={isEmpty}
        onModels={(chosen) => {
          for (const model of chosen) actions.learn(model)
          setModels(chosen)
        }}
        onSend={(message) =>
          models.length > 0
            ? attempt(
                ask(
                  message,
                  models.map((model) => model.id),
                ),
              )
            : Promise.resolve(false)
        }
        onStop={() => void attempt(stop())}
        onEditLast={editLast}
      />
      {isEmpty && <div className="grow-[1.1]" />}
    </main>
  )
}

/** Esc stops what is being written, unless something that is open wants it. */
function useStopByKey(isRunning: boolean, stop: () => Promise<void>): void {
  const latest = useRef(stop)
  latest.current = stop
  useEffect(() => {
    if (!isRunning) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return
      if (document.querySelector("dialog[open]")) return
      void latest.current().catch(() => undefined)
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  }, [isRunning])
}
