"use client"

import { Download, FileWarning } from "lucide-react"
import { downloadText } from "../../markdown/save-text"
import { Button } from "../../ui/button"
import type { PartProps } from "./part-props"

/** Something that is kept but cannot be shown: said so, with what it is to save. */
export function UnreadablePart({ part }: PartProps<"unreadable">) {
  return <Unreadable raw={() => part.raw} />
}

export function Unreadable({ raw }: { raw: () => string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line bg-sunken px-3 py-2 text-ink-2">
      <FileWarning size={16} aria-hidden className="shrink-0" />
      <p className="min-w-0 grow">This part of the message cannot be shown.</p>
      <Button onClick={() => downloadText(raw(), "message-part.json")}>
        <Download size={15} aria-hidden />
        Download it
      </Button>
    </div>
  )
}
