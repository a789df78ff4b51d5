"use client"

import { Ellipsis, Pencil, Trash2 } from "lucide-react"
import Link from "next/link"
import { usePathname, useRouter } from "next/navigation"
import { useState } from "react"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import type { ConversationSummary } from "@/lib/db/conversations"
import { Menu } from "../ui/menu"
import { useConversations } from "./conversations"
import { DeleteDialog } from "./delete-dialog"

/** One line of the side bar: the link, its options on hover and focus, renaming in place. */
export function ConversationItem({ conversation }: { conversation: ConversationSummary }) {
  const { id, title, running } = conversation
  const path = `/conversations/${id}`
  const isCurrent = usePathname() === path
  const router = useRouter()
  const { rename, remove } = useConversations()
  const [mode, setMode] = useState<"shown" | "renaming" | "deleting">("shown")
  const [error, setError] = useState<string | null>(null)

  async function attempt(work: Promise<void>) {
    try {
      await work
      setMode("shown")
      setError(null)
      return true
    } catch (caught) {
      setError(caught instanceof AppError ? caught.message : "That did not work. Try again.")
      return false
    }
  }

  if (mode === "renaming") {
    return (
      <li>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const next = String(new FormData(event.currentTarget).get("title"))
            void attempt(rename(id, next))
          }}
        >
          <input
            name="title"
            aria-label="Title"
            defaultValue={title}
            maxLength={limits.titleGraphemes * 2}
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the menu that was just used
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return
              event.preventDefault()
              setError(null)
              setMode("shown")
            }}
            onBlur={(event) => event.currentTarget.form?.requestSubmit()}
            className="h-9 w-full rounded-md border border-line bg-raised px-2"
          />
          {error && (
            <p role="alert" className="px-2 py-1 text-bad text-sm">
              {error}
            </p>
          )}
        </form>
      </li>
    )
  }
  return (
    <li className="group relative">
      <Link
        href={path}
        prefetch={false}
        aria-current={isCurrent ? "page" : undefined}
        className={`flex h-9 items-center gap-2 rounded-md ps-2 pe-9 transition-colors hover:bg-hover coarse:h-11 ${isCurrent ? "bg-hover font-medium" : "text-ink-2 hover:text-ink"}`}
      >
        <span dir="auto" className="min-w-0 grow truncate">
          {title}
        </span>
        {running && (
          <span className="size-1.5 shrink-0 animate-breathe rounded-full bg-accent">
            <span className="sr-only">answering</span>
          </span>
        )}
      </Link>
      <div className="absolute inset-y-0 end-1 flex items-center opacity-0 focus-within:opacity-100 group-hover:opacity-100 has-[[aria-expanded=true]]:opacity-100 coarse:opacity-100">
        <Menu
          label="Conversation options"
          icon={<Ellipsis size={16} />}
          items={[
            { label: "Rename", icon: <Pencil size={15} />, onSelect: () => setMode("renaming") },
            {
              label: "Delete",
              icon: <Trash2 size={15} />,
              isDanger: true,
              onSelect: () => setMode("deleting"),
            },
          ]}
        />
      </div>
      {mode === "deleting" && (
        <DeleteDialog
          title={title}
          error={error}
          onClose={() => setMode("shown")}
          onDelete={async () => {
            if ((await attempt(remove(id))) && isCurrent) router.push("/")
          }}
        />
      )}
    </li>
  )
}
