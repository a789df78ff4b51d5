import { AppError } from "@/lib/base/errors"
import { newId } from "@/lib/base/id"
import { limits } from "@/lib/base/limits"
import type { FilePart } from "@/lib/message/message"
import { upload } from "../api"
import { type Attachment, filesDraftKey } from "./attachment"
import { contentUrl, formatBytes } from "./file-words"

const uploadsAtOnce = 3

type Source = {
  file: File
  onReady: ((part: FilePart) => void) | undefined
  leaving: AbortController
}

/** The files of one draft: takes them in, sends them up, and remembers them across a reload. */
export class AttachmentStore {
  #items: readonly Attachment[]
  #watchers = new Set<() => void>()
  /** What is needed to send a file (again), and to call it off. */
  #sources = new Map<string, Source>()
  #waiting: string[] = []
  #running = 0
  readonly #draftKey: string

  constructor(draftKey: string) {
    this.#draftKey = filesDraftKey(draftKey)
    this.#items = readDraft(this.#draftKey).map(toAttachment)
    this.#keep()
  }

  get items(): readonly Attachment[] {
    return this.#items
  }

  watch = (callback: () => void): (() => void) => {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  /** `onReady` is called with each file once the server has it. */
  add(files: readonly File[], onReady?: (part: FilePart) => void): void {
    for (const file of files) {
      const key = newId()
      this.#sources.set(key, { file, onReady, leaving: new AbortController() })
      this.#set([...this.#items, fresh(key, file)])
      this.#begin(key)
    }
  }

  /** Adds a file that the server has already, unless it is among them. */
  addKept(part: FilePart): void {
    if (this.#items.some((item) => item.part?.fileId === part.fileId)) return
    this.#set([...this.#items, toAttachment(partOf(part))])
  }

  retry(key: string): void {
    this.#change(key, { state: "uploading", progress: 0, error: null })
    this.#begin(key)
  }

  remove(key: string): void {
    this.#sources.get(key)?.leaving.abort()
    const removed = this.#items.filter((item) => item.key === key)
    this.#set(this.#items.filter((item) => item.key !== key))
    this.#forget(removed)
  }

  /** Puts these in the place of what is there; the server has them already. */
  replace(parts: readonly FilePart[]): void {
    for (const { key } of this.#items) this.remove(key)
    this.#set(parts.map(toAttachment))
  }

  /** Takes everything out, to be sent; `settle` puts it back unless it was. */
  take(): { parts: FilePart[]; settle: (isSent: boolean) => void } {
    const taken = this.#items
    this.#set([])
    return {
      parts: taken.flatMap(({ part }) => part ?? []),
      settle: (isSent) => {
        if (isSent) this.#forget(taken)
        else this.#set([...taken, ...this.#items])
      },
    }
  }

  #begin(key: string): void {
    const file = this.#sources.get(key)?.file
    if (!file) return
    const tooLarge = file.size > limits.fileBytes
    if (tooLarge || file.size === 0) {
      const error = tooLarge
        ? `Larger than ${formatBytes(limits.fileBytes)}`
        : "This file is empty, or a folder"
      this.#change(key, { state: "failed", error, canRetry: false })
    } else {
      this.#waiting.push(key)
      this.#next()
    }
  }

  #next(): void {
    while (this.#running < uploadsAtOnce) {
      const key = this.#waiting.shift()
      if (key === undefined) return
      const source = this.#sources.get(key)
      if (!source) continue // removed while it waited
      this.#running += 1
      void this.#send(key, source).finally(() => {
        this.#running -= 1
        this.#next()
      })
    }
  }

  async #send(key: string, source: Source): Promise<void> {
    try {
      const { id, ...facts } = await upload<Omit<FilePart, "type" | "fileId"> & { id: string }>(
        "/api/files",
        source.file,
        {
          onProgress: (progress) => this.#change(key, { progress }),
          signal: source.leaving.signal,
        },
      )
      const part = partOf({ ...facts, fileId: id })
      source.onReady?.(part)
      // What it is, the server found out by its content.
      this.#change(key, { state: "ready", part, name: part.name, mediaType: part.mediaType })
    } catch (error) {
      const words = error instanceof AppError ? error.message : "The upload failed. Try again."
      const canRetry = !(error instanceof AppError && [413, 415].includes(error.status))
      this.#change(key, { state: "failed", error: words, canRetry })
    }
  }

  #change(key: string, change: Partial<Attachment>): void {
    this.#set(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)))
  }

  #set(items: readonly Attachment[]): void {
    this.#items = items
    this.#keep()
    for (const callback of this.#watchers) callback()
  }

  /** Lets go of the bytes: the browser holds them until it is told. */
  #forget(items: readonly Attachment[]): void {
    for (const { key, previewUrl } of items) {
      this.#sources.delete(key)
      if (previewUrl?.startsWith("blob:")) URL.revokeObjectURL(previewUrl)
    }
  }

  #keep(): void {
    const parts = this.#items.flatMap(({ part }) => part ?? [])
    if (this.#items.length === 0) localStorage.removeItem(this.#draftKey)
    else localStorage.setItem(this.#draftKey, JSON.stringify(parts))
  }
}

// A new conversation gets its own page while its first question is sent: uploads go on through that.
const stores = new Map<string, AttachmentStore>()

export function attachmentStore(draftKey: string): AttachmentStore {
  const store = stores.get(draftKey) ?? new AttachmentStore(draftKey)
  stores.set(draftKey, store)
  return store
}

function fresh(key: string, file: File): Attachment {
  return {
    key,
    name: file.name,
    mediaType: file.type,
    sizeBytes: file.size,
    previewUrl: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    state: "uploading",
    progress: 0,
    error: null,
    canRetry: true,
    part: null,
  }
}

function toAttachment(part: FilePart): Attachment {
  const { name, mediaType, sizeBytes } = part
  return {
    key: part.fileId,
    name,
    mediaType,
    sizeBytes,
    previewUrl: mediaType.startsWith("image/") ? contentUrl(part.fileId) : null,
    state: "ready",
    progress: 1,
    error: null,
    canRetry: false,
    part,
  }
}

/** Exactly what a message may hold, whatever else came along. */
function partOf(facts: Omit<FilePart, "type">): FilePart {
  const { fileId, name, mediaType, sizeBytes, width, height, durationMs } = facts
  return {
    type: "file",
    fileId,
    name,
    mediaType,
    sizeBytes,
    ...(width && height ? { width, height } : {}),
    ...(durationMs ? { durationMs } : {}),
  }
}

function readDraft(key: string): FilePart[] {
  try {
    const parts: unknown = JSON.parse(localStorage.getItem(key) ?? "[]")
    // Written by this file only; what is broken is no draft.
    return Array.isArray(parts) ? parts.filter((part) => typeof part?.fileId === "string") : []
  } catch {
    return []
  }
}
