"use client"

import "./markdown.css"
import "./code.css"
import { MarkdownView } from "./markdown-view"

/** An answer's markdown, also while it grows: an update costs only what is new. */
export function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return <MarkdownView text={text} streaming={streaming} />
}
