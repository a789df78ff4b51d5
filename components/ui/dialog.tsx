"use client"

import { type ReactNode, useEffect, useRef, useState } from "react"

/** A modal dialog on the browser's own: focus is kept in it, Esc and a click beside it close it. */
export function Dialog({
  label,
  onClose,
  className = "max-w-md p-6",
  children,
}: {
  label: string
  onClose: () => void
  className?: string
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
      className="w-full bg-transparent p-4 backdrop:animate-open"
    >
      <div
        className={`mx-auto w-full animate-open rounded-lg border border-line bg-raised shadow-float ${className}`}
      >
        {children}
      </div>
    </dialog>
  )
}
