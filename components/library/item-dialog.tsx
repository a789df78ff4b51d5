import { Download, Paperclip, Trash2, X } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useEffect, useState } from "react"
import type { Generation } from "@/lib/db/generations"
import type { LibraryFile } from "@/lib/db/library"
import { formatUsd } from "@/lib/models/money"
import { requestJson } from "../api"
import { factsLine } from "../files/file-words"
import { toPart } from "../files/to-part"
import { Button, IconButton } from "../ui/button"
import { Dialog } from "../ui/dialog"
import { downloadFiles } from "./download-files"
import { isPlayed, LargeView } from "./large-view"

/** A file of the library, large, with all that is known of it and can be done with it. */
export function ItemDialog({
  file,
  nameOf,
  onClose,
  onDelete,
}: {
  file: LibraryFile
  nameOf: (model: string) => string
  onClose: () => void
  onDelete: () => void
}) {
  const router = useRouter()
  const { name, generation } = file
  const made = useMade(generation?.id ?? null)
  const conversationId = generation?.conversationId ?? null
  return (
    <Dialog
      label={name}
      onClose={onClose}
      className="flex max-h-[calc(100dvh-2rem)] max-w-3xl flex-col overflow-hidden"
    >
      <div className="flex items-center gap-2 py-2 ps-5 pe-2">
        <h2 className="min-w-0 grow truncate font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <IconButton label="Close" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </div>
      <div className="min-h-0 overflow-y-auto px-5">
        <LargeView file={file} />
        {generation?.prompt && (
          <p dir="auto" className="wrap-anywhere mt-4 whitespace-pre-wrap text-lg">
            {generation.prompt}
          </p>
        )}
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          {factsOf(file, nameOf, made).map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-3">{label}</dt>
              <dd className="wrap-anywhere tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        {conversationId && (
          <Link
            href={`/conversations/${conversationId}${made?.messageId ? `#${made.messageId}` : ""}`}
            className="my-2 inline-block text-accent hover:underline"
          >
            Open its conversation
          </Link>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-2 px-5 py-4 max-sm:gap-1.5">
        <Button className="me-auto max-sm:px-3" onClick={onDelete}>
          <Trash2 size={15} aria-hidden className="max-sm:hidden" /> Delete
        </Button>
        <Button className="max-sm:px-3" onClick={() => router.push(`/?file=${file.id}`)}>
          <Paperclip size={15} aria-hidden className="max-sm:hidden" /> Use as input
        </Button>
        <Button className="max-sm:px-3" onClick={() => void downloadFiles([file])}>
          <Download size={15} aria-hidden className="max-sm:hidden" /> Download
        </Button>
      </div>
    </Dialog>
  )
}

function factsOf(
  file: LibraryFile,
  nameOf: (model: string) => string,
  made: Generation | null,
): [label: string, value: string][] {
  const { source, createdAt, generation } = file
  const facts: [string, string | null][] = [
    ["File", isPlayed(file) ? null : factsLine(toPart(file))], // a player says so itself
    ["Model", generation && nameOf(generation.model)],
    ["Cost", made?.costUsd == null ? null : formatUsd(made.costUsd)],
    [source === "upload" ? "Uploaded" : "Made", new Date(createdAt).toLocaleString()],
    ...settingsOf(made),
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

/** What was really sent for it, as the service calls it. */
function settingsOf(made: Generation | null): [string, string][] {
  return Object.entries(made?.sent ?? {}).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ])
}

/** What is known of what made a file; null for uploads, and until it is read. */
function useMade(generationId: string | null): Generation | null {
  const [made, setMade] = useState<Generation | null>(null)
  useEffect(() => {
    if (generationId === null) return
    const leaving = new AbortController()
    requestJson<Generation>(`/api/generations/${generationId}`, { signal: leaving.signal }).then(
      setMade,
      () => undefined, // the file is shown without it
    )
    return () => leaving.abort()
  }, [generationId])
  return made
}
