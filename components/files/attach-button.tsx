"use client"

import { Paperclip } from "lucide-react"
import { useRef } from "react"
import { IconButton } from "../ui/button"

/** Opens the system's choice of files. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label="Attach files" className="size-9" onClick={() => input.current?.click()}>
        <Paperclip size={17} />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = "" // the same file may be chosen again
        }}
      />
    </>
  )
}
