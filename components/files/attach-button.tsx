"use client"

import { Paperclip } from "lucide-react"
import { useRef } from "react"
import { useHydrated } from "../ui/before-hydration/hydrated"
import { IconButton } from "../ui/button"

/** Opens the system's choice of files. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const isAlive = useHydrated()
  return (
    <>
      <IconButton
        label="Attach files"
        disabled={!isAlive} // a click made again may be too late for a browser to open its choice
        className="size-9 disabled:opacity-100"
        onClick={() => input.current?.click()}
      >
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
