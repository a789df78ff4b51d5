import { Check, Copy, Download, WrapText } from "lucide-react"
import { useEffect, useState } from "react"
import { copyText } from "../ui/copy-text"
import { downloadText } from "./save-text"

const thanksMs = 2_000

type CodeActionsProps = {
  text: string
  fileName: string
  isWrapped: boolean
  onWrap: () => void
}

/** What one can do with a block of code. */
export function CodeActions({ text, fileName, isWrapped, onWrap }: CodeActionsProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null)

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), thanksMs)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    setOutcome((await copyText(text)) ? "copied" : "refused")
  }

  return (
    <>
      <button
        type="button"
        aria-label="Wrap lines"
        aria-pressed={isWrapped}
        title="Wrap lines"
        onClick={onWrap}
      >
        <WrapText size={16} aria-hidden />
      </button>
      <button
        type="button"
        aria-label="Download code"
        title={`Download ${fileName}`}
        onClick={() => downloadText(text, fileName)}
      >
        <Download size={16} aria-hidden />
      </button>
      <button type="button" aria-label="Copy code" title="Copy" onClick={copy}>
        {outcome === "copied" ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </button>
      <span className="md-status" role="status">
        {outcome === "copied" && "Copied"}
        {outcome === "refused" &&
          "Copying is not allowed here. Select the code and copy it yourself."}
      </span>
    </>
  )
}
