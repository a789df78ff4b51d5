"use client"

import dynamic from "next/dynamic"
import { SentSettingsFold } from "../../media/sent-settings-fold"
import type { PartProps } from "./part-props"

const GenerationCard = dynamic(
  () => import("../../media/generation-card").then((module) => module.GenerationCard),
  { ssr: false },
)

/** Something that is or was made; what was made follows as parts of their own. */
export function GenerationPart({ part, isRunning }: PartProps<"generation">) {
  const { generationId, callId } = part
  // One that a tool asked for may go on when its answer has ended.
  const mayGoOn = isRunning || callId !== undefined
  return (
    <>
      {mayGoOn && <GenerationCard id={generationId} />}
      <SentSettingsFold id={generationId} />
    </>
  )
}
