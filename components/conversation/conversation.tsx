"use client"

import dynamic from "next/dynamic"
import { useEffect, useState } from "react"
import { AppError } from "@/lib/errors"
import type { Message } from "@/lib/message"
import type { ChosenModel, ModelKind } from "@/lib/models"
import { Composer } from "./composer"
import { Greeting } from "./greeting"
import { useConversation } from "./use-conversation"

// Markdown and what belongs to it come with the first message, or while one is typed.
const Transcript = dynamic(() => import("./transcript").then((module) => module.Transcript))

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
  const conversation = useConversation(id, { ...initial, title })
  const { structure, ask, regenerate, stop } = conversation
  const [model, setModel] = useState(initialModel)
  const [modelNames, setModelNames] = useState(initial.modelNames)
  const [modelKinds, setModelKinds] = useState(kindsOf(initialModel))
  const [notice, setNotice] = useState<string | null>(null)
  const isEmpty = structure.headId === null

  useEffect(() => {
    if (!structure.isRunning) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.key === "Escape" &&
        !event.defaultPrevented &&
        !document.querySelector("dialog[open]")
      ) {
        void stop().catch(() => undefined)
      }
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  }, [structure.isRunning, stop])

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

  return (
    <main className="flex min-h-0 grow flex-col">
      {isEmpty ? <Greeting name={userName} /> : <h1 className="sr-only">{title ?? "New chat"}</h1>}
      {!isEmpty && (
        <Transcript
          conversation={conversation}
          modelNames={modelNames}
          modelKinds={modelKinds}
          onRegenerate={(questionId, usedModel) =>
            void attempt(regenerate(questionId, model?.id ?? usedModel, userId))
          }
          onChoose={(versionId) => void attempt(conversation.choose(versionId))}
        />
      )}
      <Composer
        key={id}
        userId={userId}
        draftKey={`draft:${userId}:${isEmpty ? "new" : id}`}
        model={model}
        isRunning={structure.isRunning}
        notice={notice}
        hasStarters={isEmpty}
        onModel={(chosen) => {
          setModel(chosen)
          setModelNames({ ...modelNames, [chosen.id]: chosen.name })
          setModelKinds({ ...modelKinds, ...kindsOf(chosen) })
        }}
        onSend={(message) => (model ? attempt(ask(message, model.id)) : Promise.resolve(false))}
        onStop={() => void attempt(stop())}
      />
      {isEmpty && <div className="grow-[1.1]" />}
    </main>
  )
}

function kindsOf(model: ChosenModel | null): Record<string, ModelKind> {
  return model ? { [model.id]: model.kind } : {}
}
