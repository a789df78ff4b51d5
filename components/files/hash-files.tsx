"use client"

import { type RefObject, useEffect, useId, useRef, useState } from "react"
import type { LibraryFile, LibraryPage } from "@/lib/db/library"
import type { FilePart } from "@/lib/message/message"
import { requestJson } from "../api"
import { FileOption } from "./file-option"
import { toPart } from "./to-part"
import { useHashWord } from "./use-hash-word"

const shownFiles = 8
/** A name that is typed waits this long for its next letter. */
const typingMs = 120

/**
 * The person's files above the box, while a word that begins with `#` is typed in it: arrows and Enter or Tab
 * choose one, which is attached in place of the word; Esc leaves the word as it is.
 */
export function HashFiles({
  box,
  onChoose,
}: {
  box: RefObject<HTMLTextAreaElement | null>
  onChoose: (part: FilePart) => void
}) {
  const { word, leave } = useHashWord(box)
  const { files, isLoading } = useFound(word?.query ?? null)
  const [active, setActive] = useState(0)
  const [isEntered, setEntered] = useState(false)
  const listId = useId()
  const optionId = (index: number) => `${listId}-${index}`
  const isOpen = word !== null && files.length > 0

  function choose(file: LibraryFile) {
    const element = box.current
    if (!element || !word) return
    element.setRangeText("", word.start, word.end, "end")
    element.dispatchEvent(new Event("input", { bubbles: true }))
    leave()
    onChoose(toPart(file))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!word || event.isComposing || event.shiftKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = files[active]
    if (event.key === "Enter" && isLoading) setEntered(true)
    else if (!isOpen || !chosen) return
    else if (step) setActive((active + step + files.length) % files.length)
    else if (event.key === "Enter" || event.key === "Tab") choose(chosen)
    else if (event.key === "Escape") leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const latestKey = useRef(onKeyDown)
  latestKey.current = onKeyDown
  useEffect(() => {
    // At the box itself: what is dealt with here must not come to the composer, which sends by Enter.
    const listen = (event: KeyboardEvent) => latestKey.current(event)
    const element = box.current
    element?.addEventListener("keydown", listen)
    return () => element?.removeEventListener("keydown", listen)
  }, [box])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another word, another list
  useEffect(() => setActive(0), [word?.query, files])
  // Whoever typed and pressed Enter before the list was there meant its first file, or the message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it waits for the list only
  useEffect(() => {
    if (!isEntered || isLoading) return
    setEntered(false)
    if (files[0]) choose(files[0])
    else box.current?.form?.requestSubmit()
  }, [isEntered, isLoading])

  // It stays a text box, which must not be said to be expanded: that something opened, the two last ones say.
  useEffect(() => {
    const element = box.current
    if (!element || !isOpen) return
    const attributes = {
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-controls": listId,
      "aria-activedescendant": `${listId}-${active}`,
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    return () => {
      for (const name of Object.keys(attributes)) element.removeAttribute(name)
    }
  }, [box, isOpen, listId, active])

  if (!isOpen) return null
  return (
    <div
      id={listId}
      role="listbox"
      aria-label="Your files"
      className="absolute inset-x-4 bottom-full z-20 mb-2 max-h-[min(20rem,40dvh)] animate-open overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
    >
      {files.map((file, index) => (
        <FileOption
          key={file.id}
          id={optionId(index)}
          file={file}
          isActive={index === active}
          onPoint={() => setActive(index)}
          onChoose={() => choose(file)}
        />
      ))}
    </div>
  )
}

/** The newest files that fit; those of the query before until they are known. */
function useFound(query: string | null): { files: readonly LibraryFile[]; isLoading: boolean } {
  const [found, setFound] = useState<{ query: string; files: readonly LibraryFile[] } | null>(null)
  useEffect(() => {
    if (query === null) return setFound(null)
    const leaving = new AbortController()
    const read = () =>
      requestJson<LibraryPage>(`/api/files?q=${encodeURIComponent(query)}`, {
        signal: leaving.signal,
      }).then(
        ({ files }) => setFound({ query, files: files.slice(0, shownFiles) }),
        () => !leaving.signal.aborted && setFound({ query, files: [] }),
      )
    const timer = setTimeout(() => void read(), query === "" ? 0 : typingMs)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [query])
  return { files: found?.files ?? [], isLoading: query !== null && found?.query !== query }
}
