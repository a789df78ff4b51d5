"use client"

import dynamic from "next/dynamic"
import { type KeyboardEvent, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { ChosenModel } from "@/lib/models/model"
import { useAttachments } from "../../files/use-attachments"
import { useDrop } from "../../files/use-drop"
import { useInputs } from "../../files/use-inputs"
import { useEarlyForm } from "../../ui/before-hydration/use-early-form"
import type { Outgoing } from "../turn-client"
import { BoxNotes } from "./box-notes"
import { BoxTools } from "./box-tools"
import { ComparedModels } from "./compare-button"
import { placeholderFor } from "./placeholder"
import { loadFailed } from "./prepare-question"
import { type Starter, Starters } from "./starters"
import { useBox } from "./use-box"
import { useSend } from "./use-send"

const AttachmentList = dynamic(
  () => import("../../files/attachment-list").then((module) => module.AttachmentList),
  { ssr: false },
)
const HashFiles = dynamic(
  () => import("../../files/hash-files").then((module) => module.HashFiles),
  { ssr: false },
)
const SettingsPanel = dynamic(
  () => import("../../model-form/settings-panel").then((module) => module.SettingsPanel),
  { ssr: false },
)

export type ComposerProps = {
  userId: string
  draftKey: string
  /** Those who will answer; several are compared. */
  models: readonly ChosenModel[]
  isRunning: boolean
  notice: string | null
  /** Offers beginnings for people who do not know what to ask. */
  hasStarters: boolean
  onModels: (models: ChosenModel[]) => void
  /** Settles with false when the message was not taken: then the text comes back. */
  onSend: (message: Outgoing) => Promise<boolean>
  onStop: () => void
  onEditLast: () => void
}

/** Where questions are written: the box, and around it what belongs to it. */
export function Composer(props: ComposerProps) {
  const { userId, draftKey, models, isRunning, onModels } = props
  const model = models[0] ?? null
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [settings, setSettings] = useState<{ field: string | null } | null>(null)
  const attachments = useAttachments(draftKey)
  const box = useBox(draftKey, attach)
  const inputs = useInputs(attachments.addKept, setProblem, box.ref)
  const isDropping = useDrop(attach, inputs.addById)
  useEarlyForm(form)
  const send = useSend(props, box, attachments, setProblem, (field) => setSettings({ field }))
  const files = attachments.items.flatMap(({ part }) => part ?? [])
  const hasFiles = attachments.items.length > 0

  function attach(added: readonly File[]) {
    setProblem(null)
    attachments.add(added)
  }

  function onInput(element: HTMLTextAreaElement) {
    void import("../transcript/transcript") // what shows the answer, before it is asked for
    setProblem(null)
    box.onInput(element)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (isComposing || event.shiftKey) return
    if (event.key === "Enter") void send()
    else if (event.key === "ArrowUp" && event.currentTarget.value === "") props.onEditLast()
    else return
    event.preventDefault()
  }

  /** Puts a beginning into the box, asks for the file that it needs, and for a model that can do it. */
  function begin({ text, kind, needsFile }: Starter) {
    setProblem(null)
    box.write(text)
    box.ref.current?.focus()
    // At once: later the browser would not take it for the person's own wish.
    if (needsFile) form.current?.querySelector<HTMLInputElement>("input[type=file]")?.click()
    if (kind === (model?.kind ?? "text")) return
    import("../../models/model-for")
      .then(({ modelFor }) => modelFor(kind, needsFile))
      .then(
        (chosen) => onModels([chosen]),
        (error) => setProblem(error instanceof AppError ? error.message : loadFailed),
      )
  }

  return (
    <div className="relative mx-auto w-full max-w-column shrink-0 px-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
      <BoxNotes
        problem={problem ?? props.notice}
        isAttached={box.isAttached && hasFiles}
        isDropping={isDropping}
      />
      {box.hasHash && <HashFiles box={box.ref} onChoose={inputs.add} />}
      {settings && model && (
        <SettingsPanel
          model={model}
          userId={userId}
          focusField={settings.field}
          onClose={() => {
            setProblem(null)
            setSettings(null)
          }}
        />
      )}
      <form
        ref={form}
        data-early=""
        method="post"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        className="rounded-lg border border-line bg-raised shadow-float transition-colors focus-within:border-ink-3"
      >
        {hasFiles && (
          <AttachmentList
            attachments={attachments}
            modelId={model?.id ?? null}
            userId={userId}
            onChange={() => setProblem(null)}
          />
        )}
        <textarea
          ref={box.ref}
          name="message"
          data-draft={draftKey}
          aria-label="Message"
          placeholder={placeholderFor(model)}
          dir="auto"
          rows={1}
          onInput={(event) => onInput(event.currentTarget)}
          onKeyDown={onKeyDown}
          onPaste={box.onPaste}
          className="field-sizing-content block max-h-[40dvh] w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-lg outline-none placeholder:text-ink-3"
        />
        {models.length > 1 && <ComparedModels models={models} onModels={onModels} />}
        <BoxTools
          {...{ userId, models, files, isRunning, onModels }}
          box={box.ref}
          hasText={box.hasText}
          canSend={(box.hasText || hasFiles) && !attachments.isUploading}
          areSettingsOpen={settings !== null}
          onFiles={attach}
          onSettings={() => setSettings(settings ? null : { field: null })}
          onProblem={setProblem}
          onStop={props.onStop}
        />
      </form>
      {props.hasStarters && <Starters onChoose={begin} />}
    </div>
  )
}
