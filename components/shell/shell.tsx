"use client"

import { LibraryBig, PanelLeft, Shapes, SquarePen, X } from "lucide-react"
import Link from "next/link"
import { usePathname, useRouter } from "next/navigation"
import { type ReactNode, useEffect, useState } from "react"
import { IconButton } from "../ui/button"
import { ConversationList } from "./conversation-list"
import { UserMenu } from "./user-menu"

type Props = {
  user: { name: string; email: string }
  theme: "light" | "dark" | "system"
  now: string
  isDemo: boolean
  children: ReactNode
}

const pages = [
  { href: "/library", name: "Library", Glyph: LibraryBig },
  { href: "/studio", name: "Studio", Glyph: Shapes },
]

/** The side bar and the page beside it. On a phone the side bar slides over. */
export function Shell({ user, theme, now, isDemo, children }: Props) {
  // Two states, since they start differently: beside the page it is open, over it closed.
  const [isDocked, setDocked] = useState(true)
  const [isOver, setOver] = useState(false)
  const pathname = usePathname()
  const router = useRouter()

  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes it
  useEffect(() => setOver(false), [pathname])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && isOver) {
        event.preventDefault()
        setOver(false)
      }
      if (!(event.metaKey || event.ctrlKey)) return
      if (event.key === "\\") setDocked((isDocked) => !isDocked)
      else if (event.shiftKey && event.key.toLowerCase() === "o") router.push("/")
      else return
      event.preventDefault()
    }
    // Before the listeners of the page, which leave alone what was dealt with here.
    document.addEventListener("keydown", onKeyDown, true)
    return () => document.removeEventListener("keydown", onKeyDown, true)
  }, [router, isOver])

  const show = () => (matchMedia("(min-width: 768px)").matches ? setDocked(true) : setOver(true))
  const hide = () => (isOver ? setOver(false) : setDocked(false))
  return (
    <div className="flex h-dvh overflow-hidden">
      {isOver && (
        <button
          type="button"
          aria-label="Close side bar"
          onClick={hide}
          className="fixed inset-0 z-10 bg-veil md:hidden"
        />
      )}
      <nav
        aria-label="Conversations"
        className={`w-68 shrink-0 flex-col bg-sunken max-md:fixed max-md:inset-y-0 max-md:start-0 max-md:z-20 max-md:animate-slide rtl:[--slide-from:100%] max-md:shadow-float ${isOver ? "max-md:flex" : "max-md:hidden"} ${isDocked ? "md:flex" : "md:hidden"}`}
      >
        <div className="flex h-14 items-center justify-between ps-4 pe-2">
          <Link href="/" className="font-semibold tracking-tight">
            Polylogue
          </Link>
          <IconButton label="Hide side bar" onClick={hide}>
            <PanelLeft size={18} className="max-md:hidden" />
            <X size={18} className="md:hidden" />
          </IconButton>
        </div>
        <div className="px-2 pb-4">
          <button
            type="button"
            onClick={() => router.push("/")}
            className="flex h-9 w-full items-center gap-2.5 rounded-md px-2 font-medium transition-colors hover:bg-hover coarse:h-11"
          >
            <SquarePen size={16} aria-hidden /> New chat
          </button>
          {pages.map(({ href, name, Glyph }) => (
            <Link
              key={href}
              href={href}
              prefetch={false}
              aria-current={pathname.startsWith(href) ? "page" : undefined}
              className="flex h-9 items-center gap-2.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:text-ink coarse:h-11"
            >
              <Glyph size={16} aria-hidden /> {name}
            </Link>
          ))}
        </div>
        <div className="min-h-0 grow overflow-y-auto pb-4">
          <ConversationList now={now} />
        </div>
        {isDemo && (
          <p className="mx-4 border-line border-t py-3 text-ink-3 text-sm">
            Demo: a simulator answers. Set <code className="text-xs">AIMLAPI_API_KEY</code> for the
            real models.
          </p>
        )}
        <div className="border-line border-t p-2">
          <UserMenu name={user.name} email={user.email} theme={theme} />
        </div>
      </nav>
      <div inert={isOver} className="relative flex min-w-0 grow flex-col">
        <div
          className={`absolute start-2 top-3 z-10 flex gap-1 max-md:static max-md:h-12 max-md:items-center max-md:justify-between max-md:px-2 ${isDocked ? "md:hidden" : ""}`}
        >
          <IconButton label="Show side bar" onClick={show} aria-expanded={isOver}>
            <PanelLeft size={18} />
          </IconButton>
          <IconButton label="Start a new chat" onClick={() => router.push("/")}>
            <SquarePen size={18} />
          </IconButton>
        </div>
        {children}
      </div>
    </div>
  )
}
