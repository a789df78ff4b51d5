"use client"

import { ArrowUp, Square } from "lucide-react"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { limits } from "@/lib/limits"
import type { ChosenModel } from "@/lib/models"
import { useEarlyForm } from "../ui/use-early-form"
import { ModelButton } from "./model-button"
import { Starters } from "./starters"

/**
 * Where one writes. The text lives in the box itself, so that what is typed before the page is alive
 * stays; a draft of it survives a reload until the server has the message.
 */
export function Composer({
  draftKey,
  model,
  isRunning,
  notice,
  hasStarters,
  onModel,
  onSend,
  onStop,
}: {
  draftKey: string
  model: ChosenModel | null
  isRunning: boolean
  notice: string | null
  /** Offers beginnings for those who do not know what to ask. */
  hasStarters: boolean
  onModel: (model: ChosenModel) => void
  /** Settles with false when the message was not taken: then the text comes back. */
  onSend: (text: string) => Promise<boolean>
  onStop: () => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const [hasText, setHasText] = useState(false)
  const [isTooLong, setTooLong] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only once; the key changes when the conversation gets its first message
  useEffect(() => {
    const element = box.current
    if (!element) return
    if (element.value === "") element.value = localStorage.getItem(draftKey) ?? ""
    setHasText(element.value.trim() !== "")
    if (matchMedia("(pointer: fine)").matches) element.focus()
  }, [])
  useEarlyForm(form)

  function onInput(text: string) {
    void import("./transcript") // what shows the answer, before it is asked for
    setHasText(text.trim() !== "")
    setTooLong(text.length > limits.messageChars)
    if (text === "") localStorage.removeItem(draftKey)
    else localStorage.setItem(draftKey, text.slice(0, limits.messageChars))
  }

  async function send() {
    const element = box.current
    const text = element?.value ?? ""
    if (!element || text.trim() === "" || isRunning || !model || text.length > limits.messageChars)
      return
    element.value = ""
    setHasText(false)
    if (await onSend(text)) {
      if (element.value === "") localStorage.removeItem(draftKey)
    } else if (element.value === "") {
      element.value = text
      onInput(text)
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== "Enter" || event.shiftKey || isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <div className="mx-auto w-full max-w-column shrink-0 px-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
      <div role="alert" className="px-3 pb-2 text-bad empty:hidden">
        {isTooLong
          ? `A message holds ${limits.messageChars.toLocaleString("en")} characters at most. Shorten it.`
          : notice}
      </div>
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
        <textarea
          ref={box}
          name="message"
          aria-label="Message"
          placeholder={model ? `Ask ${model.name}` : "Ask anything"}
          dir="auto"
          rows={1}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content block max-h-[40dvh] w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-lg outline-none placeholder:text-ink-3"
        />
        <div className="flex items-center justify-between gap-2 p-2">
          <ModelButton model={model} onChoose={onModel} />
          {isRunning ? (
            <button
              key="stop"
              type="button"
              aria-label="Stop"
              title="Stop (Esc)"
              onClick={onStop}
              className="flex size-9 items-center justify-center rounded-md bg-ink text-paper transition-opacity hover:opacity-85 coarse:size-11"
            >
              <Square size={14} fill="currentColor" />
            </button>
          ) : (
            <button
              key="send"
              type="submit"
              aria-label="Send"
              title="Send (Enter)"
              aria-disabled={!hasText || isTooLong}
              className="flex size-9 items-center justify-center rounded-md bg-accent text-on-accent transition-opacity hover:opacity-85 aria-disabled:opacity-35 coarse:size-11"
            >
              <ArrowUp size={18} strokeWidth={2.25} />
            </button>
          )}
        </div>
      </form>
      {hasStarters && (
        <Starters
          onChoose={(text) => {
            if (!box.current) return
            box.current.value = text
            onInput(text)
            box.current.focus()
          }}
        />
      )}
    </div>
  )
}
