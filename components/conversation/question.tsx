"use client"

import { memo } from "react"
import { plainText } from "@/lib/parts"
import { FileRow } from "../files/file-row"
import { fileNames } from "../files/file-words"
import type { ConversationStore } from "./conversation-store"
import { CopyButton } from "./copy-button"
import { useMessage } from "./use-conversation"
import { VersionSwitch } from "./version-switch"

/** What a person asked, as they typed it. */
export const Question = memo(function Question({
  store,
  id,
  onChoose,
}: {
  store: ConversationStore
  id: string
  onChoose: (versionId: string) => void
}) {
  const message = useMessage(store, id)
  if (!message) return null
  const text = plainText(message.parts)
  const files = message.parts.filter((part) => part.type === "file")
  return (
    <article
      id={id}
      aria-label={`You: ${(text || fileNames(files)).slice(0, 80)}`}
      className="group flex flex-col items-end gap-1"
    >
      {files.length > 0 && <FileRow files={files} />}
      {text !== "" && (
        <div
          dir="auto"
          className="wrap-anywhere max-w-[85%] whitespace-pre-wrap rounded-lg border border-line bg-raised px-4 py-2.5 text-lg"
        >
          {text}
        </div>
      )}
      <div className="-mb-6 flex min-h-8 items-center opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100">
        <VersionSwitch store={store} id={id} onChoose={onChoose} />
        {text !== "" && <CopyButton text={() => text} />}
      </div>
    </article>
  )
})
