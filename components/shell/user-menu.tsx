"use client"

import { LogOut, Monitor, MonitorX, Moon, Sun } from "lucide-react"
import { useState } from "react"
import { signOut, signOutEverywhere } from "../auth/credentials"
import { Menu } from "../ui/menu"

type Theme = "light" | "dark" | "system"

/** Who is signed in, how it looks, the way out. */
export function UserMenu({
  name,
  email,
  theme: initial,
}: {
  name: string
  email: string
  theme: Theme
}) {
  const [theme, setTheme] = useState(initial)
  const choose = (next: Theme) => () => {
    setTheme(next)
    if (next === "system") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    // biome-ignore lint/suspicious/noDocumentCookie: the server renders by it; no browser lacks this way
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`
  }
  return (
    <Menu
      label="Account"
      side="top"
      trigger={
        <>
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-hover font-semibold text-ink-2 text-xs"
          >
            {Array.from(name)[0]?.toUpperCase()}
          </span>
          <span className="min-w-0 grow">
            <span dir="auto" className="block truncate">
              {name}
            </span>
            <span className="block truncate text-ink-3 text-xs">{email}</span>
          </span>
        </>
      }
      items={[
        {
          label: "Light",
          icon: <Sun size={15} />,
          isChecked: theme === "light",
          onSelect: choose("light"),
        },
        {
          label: "Dark",
          icon: <Moon size={15} />,
          isChecked: theme === "dark",
          onSelect: choose("dark"),
        },
        {
          label: "As the system",
          icon: <Monitor size={15} />,
          isChecked: theme === "system",
          onSelect: choose("system"),
        },
        {
          label: "End all sessions",
          icon: <MonitorX size={15} />,
          onSelect: () => void signOutEverywhere(),
        },
        { label: "Sign out", icon: <LogOut size={15} />, onSelect: () => void signOut() },
      ]}
    />
  )
}
