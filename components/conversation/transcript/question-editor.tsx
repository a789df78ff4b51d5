"use client"

import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { FileRow } from "../../files/file-row"
import { Button } from "../../ui/button"
import { isTooLongForBox } from "../composer/box-text"
import type { Outgoing } from "../turn-client"

// What was being written when the sending failed: the box opens anew with it.
const unsent = new Map<string, string>()

/** A question in a box, to be asked in other words. Its files go along. */
export function QuestionEditor({
  text,
  files,
  onCancel,
  onSend,
}: {
  text: string
  files: readonly FilePart[]
  onCancel: () => void
  onSend: (edited: Omit<Outgoing, "params">) => Promise<void>
}) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [words, setWords] = useState(unsent.get(text) ?? text)
  const isTooLong = isTooLongForBox(words)
  const canSend = (words.trim() !== "" || files.length > 0) && !isTooLong

  useEffect(() => {
    const element = box.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  async function send() {
    if (!canSend) return
    unsent.set(text, words)
    await onSend({ text: words, files })
  }

  function cancel() {
    unsent.delete(text)
    onCancel()
  }

  function onKeyDown(event: KeyboardEvent) {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (isComposing) return
    if (event.key === "Escape") cancel()
    else if (event.key === "Enter" && !event.shiftKey) void send()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form
      className="w-full rounded-lg border border-line bg-raised p-2 focus-within:border-ink-3"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {files.length > 0 && <FileRow files={[...files]} />}
      <textarea
        ref={box}
        aria-label="Edit question"
        dir="auto"
        rows={1}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-[50dvh] w-full resize-none bg-transparent px-2 pt-1 pb-2 text-lg outline-none"
      />
      <div className="flex items-center justify-end gap-2">
        {isTooLong ? (
          <p role="alert" className="me-auto ps-2 text-bad text-sm">
            This is longer than a question may be here. Shorten it, or ask anew and attach it as a
            file.
          </p>
        ) : (
          <p className="me-auto ps-2 text-ink-3 text-sm max-sm:hidden">
            The answer below stays as another version.
          </p>
        )}
        <Button onClick={cancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!canSend}>
          Ask again
        </Button>
      </div>
    </form>
  )
}
