"use client"

import { Copy, MessageCircleQuestion } from "lucide-react"
import { useState } from "react"
import type { Page } from "@/lib/message/document-pages"
import { focusComposer } from "../../conversation/composer/focus-composer"
import { Markdown } from "../../markdown/markdown"
import { Button } from "../../ui/button"
import { copyText } from "../../ui/copy-text"

/** What was read from a document, page by page. */
export function PagesView({ pages, text }: { pages: readonly Page[]; text: string }) {
  const [isCopied, setCopied] = useState(false)
  return (
    <section aria-label="Document" className="flex min-w-0 flex-col gap-4">
      {pages.map(({ number, markdown }) => (
        <section key={number} aria-label={`Page ${number}`} className="min-w-0">
          <p
            aria-hidden
            className="mb-2 flex items-center gap-3 text-ink-3 text-sm tabular-nums after:h-px after:grow after:bg-line"
          >
            Page {number}
          </p>
          {markdown.trim() === "" ? (
            <p className="text-ink-3">Nothing stands on this page.</p>
          ) : (
            <Markdown text={markdown} streaming={false} />
          )}
        </section>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copyText(text).then(setCopied)}>
          <Copy size={15} aria-hidden /> {isCopied ? "Copied" : "Copy Markdown"}
        </Button>
        <Button onClick={focusComposer}>
          <MessageCircleQuestion size={15} aria-hidden /> Ask about this
        </Button>
      </div>
    </section>
  )
}
