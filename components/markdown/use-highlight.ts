import { type RefObject, useEffect, useState } from "react"
import type { Highlighted } from "./highlighter"
import { whenIdle } from "./idle"

const maxLength = 100_000
const nearScreen = "800px"

type Result = { text: string; language: string; tree: Highlighted | null }

/** The highlighted code once its block is near the screen and the browser has time, else null. */
export function useHighlight(
  block: RefObject<HTMLElement | null>,
  { text, language, enabled }: { text: string; language: string; enabled: boolean },
): Highlighted | null {
  const [result, setResult] = useState<Result | null>(null)
  const isWanted = enabled && language !== "" && text.length <= maxLength

  useEffect(() => {
    if (!isWanted || !block.current) return
    let cancelWork: (() => void) | undefined
    let isGone = false
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return
        observer.disconnect()
        import("./highlighter").then(({ highlight }) => {
          if (isGone) return
          cancelWork = whenIdle(() => {
            setResult({ text, language, tree: highlight(language, text) })
          })
        }, reportMissing)
      },
      { rootMargin: nearScreen },
    )
    observer.observe(block.current)
    return () => {
      isGone = true
      observer.disconnect()
      cancelWork?.()
    }
  }, [block, isWanted, language, text])

  return result?.text === text && result.language === language ? result.tree : null
}

function reportMissing(error: unknown): void {
  console.warn("Code is shown without colours: the highlighter could not be loaded.", error)
}
