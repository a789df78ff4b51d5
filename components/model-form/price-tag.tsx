"use client"

import { type RefObject, useEffect, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import type { ChosenModel } from "@/lib/models/model"
import { priceTitle, priceWords } from "./price-words"
import { useEstimate } from "./use-estimate"

/** What Enter will cost, beside the models that it asks; nothing where nobody knows. */
export function PriceTag({
  userId,
  models,
  box,
  hasText,
  files,
}: {
  userId: string
  models: readonly ChosenModel[]
  /** Where the text is; it is kept nowhere else. */
  box: RefObject<HTMLTextAreaElement | null>
  hasText: boolean
  files: readonly FilePart[]
}) {
  const [text, setText] = useState("")
  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that was sent or put back tells nobody itself
  useEffect(() => {
    const element = box.current
    if (!element) return
    const read = () => setText(element.value)
    read()
    element.addEventListener("input", read)
    return () => element.removeEventListener("input", read)
  }, [box, hasText])
  const estimate = useEstimate({ userId, modelIds: models.map(({ id }) => id), text, files })
  if (!estimate) return null
  return (
    <span
      title={priceTitle(estimate)}
      className="shrink-0 ps-1 max-sm:absolute max-sm:end-8 max-sm:-top-6 max-sm:rounded-md max-sm:bg-paper max-sm:px-1 text-ink-3 text-sm tabular-nums whitespace-nowrap"
    >
      {priceWords(estimate)}
    </span>
  )
}
