import { useRef } from "react"
import type { Attachments } from "../../files/use-attachments"
import type { ComposerProps } from "./composer"
import { prepareQuestion } from "./prepare-question"
import type { useBox } from "./use-box"

/**
 * Sends what is in the box with its files and settings. What keeps it from being sent goes to `onProblem`, and
 * the setting that it is about to `onField`.
 */
export function useSend(
  { userId, models, isRunning, onSend }: ComposerProps,
  box: ReturnType<typeof useBox>,
  attachments: Attachments,
  onProblem: (problem: string | null) => void,
  onField: (name: string) => void,
): () => Promise<void> {
  const isPreparing = useRef(false)
  return async () => {
    const text = box.ref.current?.value ?? ""
    const { items, isUploading } = attachments
    if (!box.ref.current || isRunning || models.length === 0 || isPreparing.current) return
    if (isUploading || (text.trim() === "" && items.length === 0)) return
    if (items.some((item) => item.state === "failed")) {
      return onProblem("A file did not get through. Upload it again, or remove it.")
    }
    onProblem(null)
    isPreparing.current = true
    const files = items.flatMap(({ part }) => part ?? [])
    const prepared = await prepareQuestion(userId, models, text, files).finally(() => {
      isPreparing.current = false
    })
    if (!("params" in prepared)) {
      onProblem(prepared.obstacle)
      if (prepared.field) onField(prepared.field)
      return
    }
    const { parts, settle } = attachments.take()
    box.take()
    const isSent = await onSend({ text, files: parts, params: prepared.params })
    settle(isSent)
    box.settle(isSent, text)
  }
}
