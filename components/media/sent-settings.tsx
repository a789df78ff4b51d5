"use client"

import { useEffect, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { Generation } from "@/lib/db/generations"
import { requestJson } from "../api"

/** The settings that were really sent for a generation; read when somebody wants to see them. */
export function SentSettings({ id }: { id: string }) {
  const [generation, setGeneration] = useState<Generation | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    requestJson<Generation>(`/api/generations/${id}`).then(setGeneration, (caught) =>
      setError(caught instanceof AppError ? caught.message : "They could not be read."),
    )
  }, [id])
  if (error) return <p className="text-ink-3">{error}</p>
  if (!generation) return <p className="text-ink-3">Reading…</p>
  const entries = Object.entries(generation.sent)
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <Row name="model">{generation.model}</Row>
      {entries.map(([name, value]) => (
        <Row key={name} name={name}>
          {typeof value === "string" ? value : JSON.stringify(value)}
        </Row>
      ))}
    </dl>
  )
}

function Row({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="wrap-anywhere min-w-0 text-ink-2">{children}</dd>
    </>
  )
}
