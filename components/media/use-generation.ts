import { useEffect, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { Generation } from "@/lib/db/generations"
import { requestJson } from "../api"
import { onNews } from "../shell/news"

/** While nothing is heard one looks again, as news can be missed. */
const lookMs = 10_000

/** A generation as it is now, kept up with what is heard of it; `error` when it cannot be read. */
export function useGeneration(id: string): { generation: Generation | null; error: string | null } {
  const [generation, setGeneration] = useState<Generation | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    let isOver = false
    async function look() {
      try {
        const read = await requestJson<Generation>(`/api/generations/${id}`)
        if (isGone) return
        isOver = read.endedAt !== null
        setGeneration(read)
        setError(null)
      } catch (caught) {
        const words = caught instanceof AppError ? caught.message : "This could not be read."
        if (!isGone) setError(words)
      }
    }
    void look()
    const timer = setInterval(() => !isOver && void look(), lookMs)
    const forget = onNews((news) => {
      if (news.type === "missed" && !isOver) return void look()
      if (news.type !== "generation" || news.id !== id) return
      const { progress, queuePosition, status } = news
      if (!isUnderWay(status)) return void look()
      setGeneration((known) => known && { ...known, progress, queuePosition })
    })
    return () => {
      isGone = true
      clearInterval(timer)
      forget()
    }
  }, [id])
  return { generation, error }
}

export function isUnderWay(status: string): boolean {
  return status === "queued" || status === "submitting" || status === "running"
}
