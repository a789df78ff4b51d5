import { useEffect, useRef, useState, useSyncExternalStore } from "react"
import type { FilePart } from "@/lib/message/message"
import { type Attachment, filesDraftKey } from "./attachment"
import type { AttachmentStore } from "./attachment-store"

const none: readonly Attachment[] = []
const watchNothing = () => () => undefined

export type Attachments = {
  items: readonly Attachment[]
  isUploading: boolean
  /** `onReady` is called with each file once the server has it. */
  add: (files: readonly File[], onReady?: (part: FilePart) => void) => void
  /** Adds a file that the server has already. */
  addKept: (part: FilePart) => void
  retry: (key: string) => void
  remove: (key: string) => void
  /** Puts files that the server has in the place of these. */
  replace: (parts: readonly FilePart[]) => void
  /** Takes them out, to be sent; `settle` puts them back unless they were. */
  take: () => { parts: FilePart[]; settle: (isSent: boolean) => void }
}

/** The files beside a draft. What handles them is loaded with the first file. */
export function useAttachments(draftKey: string): Attachments {
  const [store, setStore] = useState<AttachmentStore | null>(null)
  const latestKey = useRef(draftKey)
  latestKey.current = draftKey
  const items = useSyncExternalStore(
    store?.watch ?? watchNothing,
    () => store?.items ?? none,
    () => none,
  )
  async function open(): Promise<AttachmentStore> {
    const { attachmentStore } = await import("./attachment-store")
    const opened = attachmentStore(latestKey.current)
    setStore(opened)
    return opened
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each draft has files of its own
  useEffect(() => {
    setStore(null)
    if (localStorage.getItem(filesDraftKey(draftKey)) !== null) void open()
  }, [draftKey])

  return {
    items,
    isUploading: items.some((item) => item.state === "uploading"),
    add: (files, onReady) => {
      if (files.length > 0) void open().then((store) => store.add(files, onReady))
    },
    addKept: (part) => void open().then((store) => store.addKept(part)),
    retry: (key) => store?.retry(key),
    remove: (key) => store?.remove(key),
    replace: (parts) => void open().then((store) => store.replace(parts)),
    take() {
      if (!store) return { parts: [], settle: () => undefined }
      const { parts, settle } = store.take()
      return {
        parts,
        settle(isSent) {
          settle(isSent)
          if (!isSent) void open() // the draft may have changed its name and back meanwhile
        },
      }
    },
  }
}
