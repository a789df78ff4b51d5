"use client"

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react"
import { IconButton } from "./button"

export type MenuItem = {
  label: string
  icon?: ReactNode
  isDanger?: boolean
  isChecked?: boolean
  onSelect: () => void
}

/** A glyph that opens a list of actions. Arrow keys move, Esc closes and gives the focus back. */
export function Menu({
  label,
  icon,
  items,
  side = "bottom",
  trigger,
}: {
  label: string
  icon?: ReactNode
  items: MenuItem[]
  side?: "bottom" | "top"
  /** Content of a wide trigger with words, in place of the glyph. */
  trigger?: ReactNode
}) {
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number } | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const id = useId()
  const isOpen = place !== null

  useEffect(() => {
    if (!isOpen) return
    root.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus()
    const close = (event: Event) => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) setPlace(null)
    }
    // Only what moves the trigger: a transcript that follows its end scrolls all the time.
    const closeIfMoved = (event: Event) => {
      if (event.target instanceof Node && event.target.contains(root.current)) setPlace(null)
    }
    document.addEventListener("pointerdown", close)
    document.addEventListener("scroll", closeIfMoved, true)
    return () => {
      document.removeEventListener("pointerdown", close)
      document.removeEventListener("scroll", closeIfMoved, true)
    }
  }, [isOpen])

  const open = () => {
    const box = root.current?.getBoundingClientRect()
    if (!box) return
    const left = Math.max(8, Math.min(box.left, window.innerWidth - 208))
    const opensUp = side === "top" || box.bottom + items.length * 44 > window.innerHeight
    setPlace(
      opensUp ? { left, bottom: window.innerHeight - box.top + 4 } : { left, top: box.bottom + 4 },
    )
  }
  const close = () => {
    setPlace(null)
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const list = [...(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape" || event.key === "Tab") close()
    if (event.key === "Escape") event.preventDefault()
    if (!step || !isOpen) return
    event.preventDefault()
    const at = list.findIndex((item) => item.matches(":focus"))
    list[(at + step + list.length) % list.length]?.focus()
  }
  const toggle = {
    "aria-haspopup": "menu",
    "aria-expanded": isOpen,
    "aria-controls": isOpen ? id : undefined,
    onClick: isOpen ? close : open,
  } as const

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside
    <div ref={root} className="relative" onKeyDown={isOpen ? onKeyDown : undefined}>
      {trigger ? (
        <button
          type="button"
          aria-label={label}
          className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-start transition-colors hover:bg-hover"
          {...toggle}
        >
          {trigger}
        </button>
      ) : (
        <IconButton label={label} className="size-7" {...toggle}>
          {icon}
        </IconButton>
      )}
      {place && (
        <div
          id={id}
          role="menu"
          aria-label={label}
          style={place}
          className="fixed z-30 w-50 animate-open rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              {...(item.isChecked === undefined
                ? { role: "menuitem" }
                : { role: "menuitemradio", "aria-checked": item.isChecked })}
              tabIndex={-1}
              onClick={() => {
                close()
                item.onSelect()
              }}
              className={`flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-start hover:bg-hover focus:bg-hover focus:outline-none coarse:h-11 ${item.isDanger ? "text-bad" : "text-ink"}`}
            >
              {item.icon}
              <span className="grow">{item.label}</span>
              {item.isChecked && <span aria-hidden>✓</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
