import { useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { FilePart } from "@/lib/message/message"
import { request } from "../api"

/** Why a file cannot be shown: its owner deleted it, or it does not load. Null while nothing is wrong. */
export type Missing = "deleted" | "broken" | null

/** Whether a file is missing; `onError` finds out why it did not load. */
export function useMissing({ fileId, isDeleted }: FilePart): [Missing, onError: () => void] {
  const [missing, setMissing] = useState<Missing>(null)
  function onError() {
    request(`/api/files/${fileId}`).then(
      () => setMissing("broken"),
      (error) => {
        const isGone = error instanceof AppError && error.code === "not_found"
        setMissing(isGone ? "deleted" : "broken")
      },
    )
  }
  return [isDeleted ? "deleted" : missing, onError]
}
