import { ChevronRight } from "lucide-react"
import type { Json } from "@/lib/fields"

/** The settings that were really sent, folded away. */
export function SentSettings({ settings }: { settings: { [name: string]: Json } }) {
  const entries = Object.entries(settings)
  if (entries.length === 0) return null
  return (
    <details className="group/sent text-sm">
      <summary className="flex min-h-8 list-none items-center gap-1 text-ink-3 hover:text-ink coarse:min-h-11">
        <ChevronRight
          size={14}
          aria-hidden
          className="shrink-0 transition-transform group-open/sent:rotate-90 rtl:rotate-180"
        />
        Settings that were sent
      </summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 ps-5 pb-2">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0 break-words text-ink-2">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
