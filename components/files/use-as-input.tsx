"use client"

import { Paperclip } from "lucide-react"
import type { FilePart } from "@/lib/message/message"
import { IconButton } from "../ui/button"
import { offerInput, useHasTaker } from "./inputs"

/** Attaches a file that is shown to what is written next, without sending it up again. */
export function UseAsInput({ part, className }: { part: FilePart; className?: string }) {
  if (!useHasTaker()) return null
  return (
    <IconButton
      label={`Use ${part.name} as input`}
      className={className}
      onClick={() => offerInput(part)}
    >
      <Paperclip size={15} />
    </IconButton>
  )
}
