"use client"

import { type ReactNode, useEffect, useRef, useState } from "react"

/** A modal dialog on the browser's own: focus is kept in it, Esc and a click beside it close it. */
export function Dialog({
  label,
  onClose,
  className = "max-w-md p-6",
  isFull = false,
  children,
}: {
  label: string
  onClose: () => void
  className?: string
  /** Takes the whole screen, for what is looked at. */
  isFull?: boolean
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    dialog.current?.showModal()
    // The browser gives the focus back when a dialog closes, not when it is taken away.
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [opener])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes it on Esc
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className={`bg-transparent backdrop:animate-open ${isFull ? "m-0 h-dvh max-h-none w-dvw max-w-none overflow-hidden" : "w-full p-4"}`}
    >
      <div
        className={`animate-open ${isFull ? "h-full bg-paper" : "mx-auto w-full rounded-lg border border-line bg-raised shadow-float"} ${className}`}
      >
        {children}
      </div>
    </dialog>
  )
}
