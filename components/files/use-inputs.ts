import { type RefObject, useEffect, useRef } from "react"
import { AppError } from "@/lib/base/errors"
import type { FileFacts } from "@/lib/db/files"
import type { FilePart } from "@/lib/message/message"
import { requestJson } from "../api"
import { takeInputs } from "./inputs"
import { toPart } from "./to-part"

/**
 * Attaches files that the person has already: those that this page offers, the one that its address names,
 * and, by what is given back, others.
 */
export function useInputs(
  addKept: (part: FilePart) => void,
  onProblem: (words: string | null) => void,
  box: RefObject<HTMLTextAreaElement | null>,
): { add: (part: FilePart) => void; addById: (id: string) => void } {
  function add(part: FilePart) {
    onProblem(null)
    addKept(part)
    if (matchMedia("(pointer: fine)").matches) box.current?.focus()
  }

  function addById(id: string) {
    requestJson<FileFacts>(`/api/files/${encodeURIComponent(id)}`).then(
      (file) => add(toPart(file)),
      (error) => {
        const isGone = error instanceof AppError && error.code === "not_found"
        onProblem(isGone ? "That file was deleted." : "The file could not be attached. Try again.")
      },
    )
  }

  const latest = useRef({ add, addById })
  latest.current = { add, addById }
  useEffect(() => {
    const forget = takeInputs((part) => latest.current.add(part))
    const id = new URLSearchParams(location.search).get("file")
    if (id) {
      history.replaceState(null, "", location.pathname) // a reload must not attach it again
      latest.current.addById(id)
    }
    return forget
  }, [])
  return { add, addById }
}
