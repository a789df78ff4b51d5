import { type ClipboardEvent, useEffect, useRef, useState } from "react"
import { useHydrated } from "../../ui/before-hydration/hydrated"
import { isTooLongForBox, toTextFile } from "./box-text"

/**
 * The box and its draft. The text lives in the box itself, so that what is typed before the page is alive is
 * kept; a draft of it survives a reload until the server has the message. Files that are pasted, and text that
 * is too long for a box, go to `onFiles`.
 */
export function useBox(draftKey: string, onFiles: (files: readonly File[]) => void) {
  const ref = useRef<HTMLTextAreaElement>(null)
  const wasAlive = useHydrated()
  const [hasText, setHasText] = useState(false)
  const [hasHash, setHasHash] = useState(false)
  const [isAttached, setAttached] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only once; the key changes when the conversation gets its first message
  useEffect(() => {
    const element = ref.current
    if (!element) return
    if (element.value === "") element.value = localStorage.getItem(draftKey) ?? ""
    keepShort(element)
    setHasText(element.value.trim() !== "")
    // Whoever went somewhere else before the page was alive stays there.
    const isElsewhere = !wasAlive && document.activeElement !== document.body
    if (!isElsewhere && matchMedia("(pointer: fine)").matches) element.focus()
  }, [])

  /** Text that is too long becomes a file, before the browser lays it out. */
  function keepShort(element: HTMLTextAreaElement): void {
    const isLong = isTooLongForBox(element.value)
    if (isLong) {
      onFiles([toTextFile(element.value)])
      element.value = ""
    }
    // What was emptied here stays said until there are other words.
    if (isLong || element.value !== "") setAttached(isLong)
  }

  function onInput(element: HTMLTextAreaElement): void {
    keepShort(element)
    const text = element.value
    setHasText(text.trim() !== "")
    if (text.includes("#")) setHasHash(true)
    if (text === "") localStorage.removeItem(draftKey)
    else localStorage.setItem(draftKey, text)
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    const { files, types } = event.clipboardData
    const text = event.clipboardData.getData("text/plain")
    if (isTooLongForBox(text)) {
      event.preventDefault()
      onFiles([toTextFile(text)])
      setAttached(true)
      return
    }
    // Office programs add a picture of the words to the words: the words are meant.
    if (files.length === 0 || types.includes("text/plain")) return
    event.preventDefault()
    onFiles([...files])
  }

  return {
    ref,
    hasText,
    /** A `#` was typed at some time: files may be chosen by it. */
    hasHash,
    /** Text was too long and became a file. */
    isAttached,
    onInput,
    onPaste,
    /** Replaces the text, as if it had been typed. */
    write(text: string): void {
      if (!ref.current) return
      ref.current.value = text
      onInput(ref.current)
    },
    /** Empties the box while a message is sent; the draft stays until `settle`. */
    take(): void {
      if (ref.current) ref.current.value = ""
      setHasText(false)
      setAttached(false)
    },
    /** After sending: drops the draft, or gives the text back. What was typed meanwhile is kept. */
    settle(isSent: boolean, text: string): void {
      if (ref.current?.value !== "") return
      if (isSent) localStorage.removeItem(draftKey)
      else this.write(text)
    },
  }
}
