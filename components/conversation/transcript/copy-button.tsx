"use client"

import { Check, Copy } from "lucide-react"
import { useEffect, useState } from "react"
import { IconButton } from "../../ui/button"
import { copyText } from "../../ui/copy-text"

/** Copies a text, such as a message's; says so for two seconds. */
export function CopyButton({ text, label = "Copy" }: { text: () => string; label?: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <>
      <IconButton label={label} onClick={() => void copyText(text()).then(setCopied)}>
        {isCopied ? <Check size={15} /> : <Copy size={15} />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  )
}
