"use client"

import { Mic, Square } from "lucide-react"
import dynamic from "next/dynamic"
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react"
import { formatUsd } from "@/lib/models/money"
import { IconButton } from "../ui/button"
import type { Dictation } from "./dictation"

const DictationBar = dynamic(
  () => import("./dictation-bar").then((module) => module.DictationBar),
  {
    ssr: false,
  },
)

const watchNothing = () => () => undefined

/** Speaks instead of types: what is said comes into the box where the caret is. */
export function DictateButton({
  box,
  modelId,
  onFile,
  onProblem,
}: {
  box: RefObject<HTMLTextAreaElement | null>
  modelId: string | null
  onFile: (file: File) => void
  onProblem: (words: string | null) => void
}) {
  const [dictation, setDictation] = useState<Dictation | null>(null)
  const state = useSyncExternalStore(
    dictation?.watch ?? watchNothing,
    () => dictation?.state ?? null,
    () => null,
  )
  useEffect(() => () => dictation?.cancel(), [dictation])
  const isBeginning = useRef(false)
  const isOn = state !== null && state.phase !== "over"
  useEffect(() => {
    // Not where a keyboard would slide over the page.
    if (isOn) return () => void (matchMedia("(pointer: fine)").matches && box.current?.focus())
  }, [isOn, box])
  const isRecording = state?.phase === "recording"
  const label = isRecording ? "Stop dictating" : "Dictate"
  const cost = dictation?.costUsd

  async function begin() {
    if (isBeginning.current) return
    isBeginning.current = true
    onProblem(null)
    const loading = Promise.all([import("./dictation"), import("./insertion")])
    const loaded = await loading.catch(() => null)
    isBeginning.current = false
    if (!loaded) return onProblem("Part of this page could not be loaded. Try again.")
    const [{ Dictation }, { insertion }] = loaded
    const onText = (text: string) => {
      const element = box.current
      if (!element) return
      const { value, selectionStart, selectionEnd } = element
      const words = insertion(value.slice(0, selectionStart), text, value.slice(selectionEnd))
      element.setRangeText(words, selectionStart, selectionEnd, "end")
      element.dispatchEvent(new InputEvent("input", { bubbles: true }))
    }
    setDictation(new Dictation({ onText, onFile, onProblem }))
  }

  return (
    <>
      <IconButton
        label={label}
        title={cost == null ? label : `${label} (the last one: ${formatUsd(cost)})`}
        aria-pressed={isRecording}
        disabled={isOn && !isRecording}
        className={`size-9 ${isRecording ? "text-bad!" : ""}`}
        onClick={() => void (isRecording ? dictation?.finish() : begin())}
      >
        {isRecording ? <Square size={14} fill="currentColor" /> : <Mic size={17} />}
      </IconButton>
      {isOn && dictation && <DictationBar dictation={dictation} state={state} modelId={modelId} />}
    </>
  )
}
