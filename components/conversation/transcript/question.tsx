"use client"

import { Pencil } from "lucide-react"
import dynamic from "next/dynamic"
import { memo } from "react"
import { plainText } from "@/lib/message/parts"
import { FileRow } from "../../files/file-row"
import { fileNames } from "../../files/file-words"
import { IconButton } from "../../ui/button"
import { ReadAloudButton } from "../../voice/read-aloud-button"
import { isTooLongForBox } from "../composer/box-text"
import type { MessageActions } from "../message-actions"
import { useMessage } from "../use-conversation"
import { CopyButton } from "./copy-button"
import { LongText } from "./long-text"
import { VersionSwitch } from "./version-switch"

const QuestionEditor = dynamic(
  () => import("./question-editor").then((module) => module.QuestionEditor),
  { ssr: false },
)

/** What a person asked, as they typed it; edited, it is asked anew beside the old one. */
export const Question = memo(function Question({
  actions,
  id,
  canAsk,
  isEditing,
  onEditing,
}: {
  actions: MessageActions
  id: string
  canAsk: boolean
  isEditing: boolean
  onEditing: (id: string | null) => void
}) {
  const message = useMessage(actions.store, id)
  if (!message) return null
  const text = plainText(message.parts)
  const isLong = isTooLongForBox(text)
  const files = message.parts.filter((part) => part.type === "file")
  return (
    <article
      id={id}
      aria-label={`You: ${(text || fileNames(files)).slice(0, 80)}`}
      className="group flex flex-col items-end gap-1"
    >
      {isEditing ? (
        <QuestionEditor
          text={text}
          files={files.filter((file) => !file.isDeleted)}
          onCancel={() => onEditing(null)}
          onSend={async (edited) => {
            onEditing(null)
            const isTaken = await actions.onEdit(id, edited)
            if (!isTaken) onEditing(id)
          }}
        />
      ) : (
        <>
          {files.length > 0 && <FileRow files={files} />}
          {text !== "" && (
            <div
              dir="auto"
              className="wrap-anywhere max-w-[85%] whitespace-pre-wrap rounded-lg border border-line bg-raised px-4 py-2.5 text-lg"
            >
              <LongText text={text} />
            </div>
          )}
          <div className="-mb-6 flex min-h-8 items-center opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-data-reading:opacity-100 coarse:opacity-100">
            <VersionSwitch store={actions.store} id={id} onChoose={actions.onChoose} />
            {text !== "" && <CopyButton text={() => text} />}
            {text !== "" && <ReadAloudButton text={text} />}
            <IconButton
              label={isLong ? "Too long to edit here" : "Edit"}
              disabled={!canAsk || isLong}
              onClick={() => onEditing(id)}
            >
              <Pencil size={15} />
            </IconButton>
          </div>
        </>
      )}
    </article>
  )
})
