"use client"

import { ArrowUp, Square } from "lucide-react"
import dynamic from "next/dynamic"
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { ChosenModel } from "@/lib/models/model"
import { AttachButton } from "../../files/attach-button"
import { useAttachments } from "../../files/use-attachments"
import { useDrop } from "../../files/use-drop"
import { useInputs } from "../../files/use-inputs"
import { countRemembered } from "../../model-form/remembered"
import { SettingsButton } from "../../model-form/settings-button"
import { ModelButton } from "../../models/model-button"
import { useEarlyForm } from "../../ui/before-hydration/use-early-form"
import { DictateButton } from "../../voice/dictate-button"
import type { Outgoing } from "../turn-client"
import { isTooLongForBox, toTextFile } from "./box-text"
import { CompareButton, ComparedModels } from "./compare-button"
import { placeholderFor } from "./placeholder"
import { type Starter, Starters } from "./starters"

const AttachmentList = dynamic(
  () => import("../../files/attachment-list").then((module) => module.AttachmentList),
  { ssr: false },
)
const HashFiles = dynamic(
  () => import("../../files/hash-files").then((module) => module.HashFiles),
  {
    ssr: false,
  },
)
const SettingsPanel = dynamic(
  () => import("../../model-form/settings-panel").then((module) => module.SettingsPanel),
  { ssr: false },
)
const PriceTag = dynamic(
  () => import("../../model-form/price-tag").then((module) => module.PriceTag),
  { ssr: false },
)

const loadFailed = "Part of this page could not be loaded. Try again."

/**
 * Where one writes. The text lives in the box itself, so that what is typed before the page is alive
 * stays; a draft of it survives a reload until the server has the message.
 */
export function Composer({
  userId,
  draftKey,
  models,
  isRunning,
  notice,
  hasStarters,
  onModels,
  onSend,
  onStop,
  onEditLast,
}: {
  userId: string
  draftKey: string
  /** Those who will answer; several are compared. */
  models: readonly ChosenModel[]
  isRunning: boolean
  notice: string | null
  /** Offers beginnings for those who do not know what to ask. */
  hasStarters: boolean
  onModels: (models: ChosenModel[]) => void
  /** Settles with false when the message was not taken: then the text comes back. */
  onSend: (message: Outgoing) => Promise<boolean>
  onStop: () => void
  onEditLast: () => void
}) {
  const model = models[0] ?? null
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const [hasText, setHasText] = useState(false)
  const [hasHash, setHasHash] = useState(false)
  const [isAttached, setAttached] = useState(false)
  const [obstacle, setObstacle] = useState<string | null>(null)
  const [settings, setSettings] = useState<{ field: string | null } | null>(null)
  const isPreparing = useRef(false)
  const attachments = useAttachments(draftKey)
  const hasFiles = attachments.items.length > 0
  const inputs = useInputs(attachments.addKept, setObstacle, box)
  const isDropping = useDrop(attach, inputs.addById)
  const canSend = (hasText || hasFiles) && !attachments.isUploading

  // biome-ignore lint/correctness/useExhaustiveDependencies: only once; the key changes when the conversation gets its first message
  useEffect(() => {
    const element = box.current
    if (!element) return
    if (element.value === "") element.value = localStorage.getItem(draftKey) ?? ""
    keepShort(element)
    setHasText(element.value.trim() !== "")
    if (matchMedia("(pointer: fine)").matches) element.focus()
  }, [])
  useEarlyForm(form)

  /** What is too long for a box becomes a file, before the browser lays it out. */
  function keepShort(element: HTMLTextAreaElement): void {
    const isLong = isTooLongForBox(element.value)
    if (isLong) {
      attach([toTextFile(element.value)])
      element.value = ""
    }
    setAttached(isLong)
  }

  function onInput(element: HTMLTextAreaElement) {
    void import("../transcript/transcript") // what shows the answer, before it is asked for
    setObstacle(null)
    keepShort(element)
    const text = element.value
    setHasText(text.trim() !== "")
    if (text.includes("#")) setHasHash(true)
    if (text === "") localStorage.removeItem(draftKey)
    else localStorage.setItem(draftKey, text)
  }

  function attach(files: readonly File[]) {
    setObstacle(null)
    attachments.add(files)
  }

  async function send() {
    const element = box.current
    const text = element?.value ?? ""
    const { items, isUploading } = attachments
    if (!element || isRunning || !model || isPreparing.current || isUploading) return
    if (text.trim() === "" && items.length === 0) return
    if (items.some((item) => item.state === "failed")) {
      return setObstacle("A file did not get through. Upload it again, or remove it.")
    }
    isPreparing.current = true
    const params = await prepareAll(text).finally(() => {
      isPreparing.current = false
    })
    if (!params) return
    const { parts: files, putBack } = attachments.take()
    element.value = ""
    setHasText(false)
    setAttached(false)
    if (await onSend({ text, files, params })) {
      if (element.value === "") localStorage.removeItem(draftKey)
      return
    }
    putBack()
    if (element.value === "") {
      element.value = text
      onInput(element)
    }
  }

  /** Puts a beginning into the box, asks for the file that it needs, and for a model that can do it. */
  function begin({ text, kind, needsFile }: Starter) {
    if (!box.current) return
    box.current.value = text
    onInput(box.current)
    box.current.focus()
    // At once: later the browser would not take it for the person's own wish.
    if (needsFile) form.current?.querySelector<HTMLInputElement>("input[type=file]")?.click()
    if (kind === (model?.kind ?? "text")) return
    import("../../models/model-for")
      .then(({ modelFor }) => modelFor(kind, needsFile))
      .then(
        (chosen) => onModels([chosen]),
        (error) => setObstacle(error instanceof AppError ? error.message : loadFailed),
      )
  }

  /** The settings of the one model, or of each of several by its id; null when something is to be done first. */
  async function prepareAll(text: string): Promise<Outgoing["params"] | null> {
    const [first] = models
    if (first && models.length === 1) return await prepare(first, text)
    const all: Outgoing["params"] = {}
    for (const each of models) {
      const params = await prepare(each, text)
      if (!params) return null
      all[each.id] = params
    }
    return all
  }

  /** What goes along with the text; null when something has to be done first. */
  async function prepare(
    { id, kind }: ChosenModel,
    text: string,
  ): Promise<Outgoing["params"] | null> {
    setObstacle(null)
    const files = attachments.items.flatMap(({ part }) => part ?? [])
    // Plain words to a model that talks need nothing else.
    if (kind === "text" && files.length === 0 && countRemembered(userId, id) === 0) return {}
    const module = await import("../../model-form/prepare").catch(() => null)
    const prepared = await module?.prepare({ userId, modelId: id, text, files })
    if (prepared && "params" in prepared) return prepared.params
    setObstacle(prepared?.obstacle ?? loadFailed)
    if (prepared?.field) setSettings({ field: prepared.field })
    return null
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const { files, types } = event.clipboardData
    const text = event.clipboardData.getData("text/plain")
    if (isTooLongForBox(text)) {
      event.preventDefault()
      attach([toTextFile(text)])
      return setAttached(true)
    }
    // Office programs put a picture of the words beside the words: those are meant.
    if (files.length === 0 || types.includes("text/plain")) return
    event.preventDefault()
    attach([...files])
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (isComposing || event.shiftKey) return
    if (event.key === "Enter") void send()
    else if (event.key === "ArrowUp" && event.currentTarget.value === "") onEditLast()
    else return
    event.preventDefault()
  }

  return (
    <div className="relative mx-auto w-full max-w-column shrink-0 px-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
      <div role="alert" className="px-3 pb-2 text-bad empty:hidden">
        {obstacle ?? notice}
      </div>
      <div role="status" className="px-3 pb-2 text-ink-2 text-sm empty:hidden">
        {isAttached && hasFiles && "This text is long, so it is attached as a file."}
      </div>
      {isDropping && (
        <div className="pointer-events-none fixed inset-0 z-30 flex animate-open items-center justify-center bg-paper/85 text-ink-2 text-xl">
          Drop files to attach them
        </div>
      )}
      {hasHash && <HashFiles box={box} onChoose={inputs.add} />}
      {settings && model && (
        <SettingsPanel
          model={model}
          userId={userId}
          focusField={settings.field}
          onClose={() => {
            setObstacle(null)
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
            onChange={() => setObstacle(null)}
          />
        )}
        <textarea
          ref={box}
          name="message"
          data-draft={draftKey}
          aria-label="Message"
          placeholder={placeholderFor(model)}
          dir="auto"
          rows={1}
          onInput={(event) => onInput(event.currentTarget)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="field-sizing-content block max-h-[40dvh] w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-lg outline-none placeholder:text-ink-3"
        />
        {models.length > 1 && <ComparedModels models={models} onModels={onModels} />}
        <div className="flex items-center gap-1 p-2 max-sm:has-data-dictating:[&>.grow~*]:hidden">
          <AttachButton onFiles={attach} />
          <DictateButton
            box={box}
            modelId={model?.id ?? null}
            onFile={(file) => attach([file])}
            onProblem={setObstacle}
          />
          <span className="grow" />
          {models.some(({ kind }) => kind !== "text") && (
            <PriceTag
              userId={userId}
              models={models}
              box={box}
              hasText={hasText}
              files={attachments.items.flatMap(({ part }) => part ?? [])}
            />
          )}
          <CompareButton models={models} onModels={onModels} />
          <ModelButton
            model={model}
            onChoose={(chosen) => {
              setObstacle(null)
              onModels([chosen, ...models.slice(1).filter(({ id }) => id !== chosen.id)])
            }}
          />
          <SettingsButton
            userId={userId}
            modelId={model?.id ?? null}
            isOpen={settings !== null}
            onToggle={() => setSettings(settings ? null : { field: null })}
          />
          {isRunning ? (
            <button
              key="stop"
              type="button"
              aria-label="Stop"
              title="Stop (Esc)"
              onClick={onStop}
              className="ms-1 flex size-9 shrink-0 items-center justify-center rounded-md bg-ink text-paper transition-opacity hover:opacity-85 coarse:size-11"
            >
              <Square size={14} fill="currentColor" />
            </button>
          ) : (
            <button
              key="send"
              type="submit"
              aria-label="Send"
              title="Send (Enter)"
              aria-disabled={!canSend}
              className="ms-1 flex size-9 shrink-0 items-center justify-center rounded-md bg-accent text-on-accent transition-opacity hover:opacity-85 aria-disabled:opacity-35 coarse:size-11"
            >
              <ArrowUp size={18} strokeWidth={2.25} />
            </button>
          )}
        </div>
      </form>
      {hasStarters && <Starters onChoose={begin} />}
    </div>
  )
}
