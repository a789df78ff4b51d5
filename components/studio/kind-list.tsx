import Link from "next/link"
import { modelKinds } from "../models/model-kinds"
import { type StudioKind, studioKinds } from "./kinds"

const kinds = Object.keys(studioKinds) as StudioKind[] // its own keys

/** The kinds of services, each with a sentence on what it is for. */
export function KindList() {
  return (
    <ul className="-mx-3">
      {kinds.map((kind) => {
        const { Glyph } = modelKinds[kind]
        const { title, purpose } = studioKinds[kind]
        return (
          <li key={kind} className="border-line border-b last:border-b-0">
            <Link
              href={`/studio/${kind}`}
              className="flex min-h-14 items-center gap-4 rounded-md px-3 py-2.5 transition-colors hover:bg-hover"
            >
              <Glyph size={18} aria-hidden className="shrink-0 text-ink-3" />
              <span className="min-w-0">
                <span className="block font-medium">{title}</span>
                <span className="block text-ink-2">{purpose}</span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** The same in one line, to go from one to another. */
export function KindNav({ current }: { current: StudioKind }) {
  return (
    <nav aria-label="Kinds" className="-mx-2 flex overflow-x-auto">
      {kinds.map((kind) => {
        const { Glyph } = modelKinds[kind]
        return (
          <Link
            key={kind}
            href={`/studio/${kind}`}
            prefetch={false}
            aria-current={kind === current ? "page" : undefined}
            className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-ink-2 text-sm transition-colors hover:text-ink aria-[current]:bg-hover aria-[current]:text-ink coarse:h-11"
          >
            <Glyph size={14} aria-hidden />
            {studioKinds[kind].title}
          </Link>
        )
      })}
    </nav>
  )
}
