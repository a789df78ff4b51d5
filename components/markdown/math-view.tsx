import { memo, useEffect, useRef, useState } from "react"
import { whenIdle } from "./idle"

const maxTexLength = 2_000

type MathProps = { tex: string; source: string; display: boolean }

/** A formula: its source until KaTeX is there, and for good when it cannot be drawn. */
export const MathView = memo(function MathView({ tex, source, display }: MathProps) {
  const target = useRef<HTMLSpanElement>(null)
  const [drawn, setDrawn] = useState("")
  const isDrawable = tex !== "" && tex.length <= maxTexLength
  const isDrawn = drawn === tex && isDrawable

  useEffect(() => {
    if (!isDrawable) return
    let cancel: (() => void) | undefined
    let isGone = false
    import("./katex-render").then(({ renderMath }) => {
      if (isGone) return
      cancel = whenIdle(() => {
        if (!target.current) return
        if (renderMath(tex, target.current, display)) setDrawn(tex)
      })
    }, reportMissing)
    return () => {
      isGone = true
      cancel?.()
    }
  }, [tex, display, isDrawable])

  return (
    <span className={display ? "md-math md-math-display" : "md-math"} dir="ltr">
      {!isDrawn && <span className="md-math-source">{source}</span>}
      <span ref={target} hidden={!isDrawn} />
    </span>
  )
})

function reportMissing(error: unknown): void {
  console.warn("Formulas are shown as written: the formula renderer could not be loaded.", error)
}
