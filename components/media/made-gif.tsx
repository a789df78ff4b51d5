"use client"

import { useEffect, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { FilePart } from "@/lib/message/message"
import { upload } from "../api"
import { FileCaption } from "../files/file-caption"
import { contentUrl } from "../files/file-words"
import { Picture } from "../files/picture"
import { Button } from "../ui/button"
import { gifOf } from "./gif"

type State =
  | { name: "making"; share: number }
  | { name: "failed"; words: string }
  | { name: "made"; gif: FilePart }

/** A GIF of a film: how far it is, then the picture, which is kept among the person's files. */
export function MadeGif({
  fileId,
  name,
  onRetry,
  onCancel,
}: {
  fileId: string
  name: string
  onRetry: () => void
  onCancel: () => void
}) {
  const [state, setState] = useState<State>({ name: "making", share: 0 })
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const onProgress = (share: number) => setState({ name: "making", share })
    make(fileId, name, { onProgress, signal }).then(
      (gif) => !signal.aborted && setState({ name: "made", gif }),
      (error) => !signal.aborted && setState({ name: "failed", words: wordsOf(error) }),
    )
    return () => leaving.abort()
  }, [fileId, name])
  if (state.name === "made") return <Result gif={state.gif} />
  if (state.name === "making") return <Making share={state.share} onCancel={onCancel} />
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-2 text-ink-2">
      <p className="me-2">{state.words}</p>
      <Button onClick={onRetry}>Retry</Button>
    </div>
  )
}

/** What making takes of the time; the rest is sending it up. */
const makingShare = 0.9

async function make(
  filmId: string,
  filmName: string,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<FilePart> {
  const blob = await gifOf(contentUrl(filmId), {
    onProgress: (share) => onProgress(share * makingShare),
    signal,
  })
  const name = `${filmName.replace(/\.[^.]*$/, "")}.gif`
  const { id: fileId, ...facts } = await upload<Omit<FilePart, "type" | "fileId"> & { id: string }>(
    "/api/files",
    new File([blob], name, { type: blob.type }),
    { onProgress: (share) => onProgress(makingShare + share * (1 - makingShare)), signal },
  )
  return { ...facts, type: "file", fileId }
}

function wordsOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : "This browser could not read the video, so no GIF was made. Download it instead."
}

function Making({ share, onCancel }: { share: number; onCancel: () => void }) {
  return (
    <div className="mt-1 flex items-center gap-3">
      <div
        role="progressbar"
        aria-label="Making a GIF"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="h-0.5 w-48 max-w-full overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left bg-accent rtl:origin-right"
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  )
}

function Result({ gif }: { gif: FilePart }) {
  return (
    <figure className="mt-2 min-w-0">
      <Picture part={gif} maxHeight="50dvh" />
      <FileCaption part={gif} />
    </figure>
  )
}
