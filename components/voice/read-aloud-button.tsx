"use client"

import { Square, Volume2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { IconButton } from "../ui/button"

const ReadingControls = dynamic(
  () => import("./reading-controls").then((module) => module.ReadingControls),
  { ssr: false },
)

/** Reads a message aloud, and stops; what reads is loaded with the first click. */
export function ReadAloudButton({ text }: { text: string }) {
  const [audio, setAudio] = useState<HTMLAudioElement | null>(null)
  const [cost, setCost] = useState("")
  const [problem, setProblem] = useState<string | null>(null)
  const label = audio ? "Stop reading" : "Read aloud"

  function begin() {
    setCost("")
    setProblem(null)
    const touched = new Audio()
    touched.load() // in the click itself: some browsers let only such a one play later
    setAudio(touched)
  }

  return (
    <>
      <IconButton
        data-reading={audio || problem ? "" : undefined}
        label={label}
        title={cost === "" ? label : `${label} (${cost})`}
        onClick={() => (audio ? setAudio(null) : begin())}
      >
        {audio ? <Square size={13} fill="currentColor" /> : <Volume2 size={16} />}
      </IconButton>
      {audio && (
        <ReadingControls
          text={text}
          audio={audio}
          onCost={setCost}
          onEnd={(words) => {
            setAudio(null)
            setProblem(words)
          }}
        />
      )}
      {problem && (
        <span role="alert" className="px-1.5 text-bad text-sm">
          {problem}
        </span>
      )}
    </>
  )
}
