import { useEffect, useRef, useState } from "react"

/**
 * A text that lives in its box, so that what is typed before the page is alive stays, and outlives a reload.
 */
export function useDraft(key: string) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState("")
  useEffect(() => {
    const element = box.current
    if (!element) return
    if (element.value === "") element.value = localStorage.getItem(key) ?? ""
    setText(element.value)
  }, [key])
  function keep(next: string): void {
    setText(next)
    if (next === "") localStorage.removeItem(key)
    else localStorage.setItem(key, next)
  }
  function write(next: string): void {
    if (box.current) box.current.value = next
    keep(next)
  }
  return { box, text, keep, write }
}
