import { AppError } from "@/lib/base/errors"
import type { Params } from "@/lib/base/json"
import type { Generation } from "@/lib/db/generations"
import type { FilePart } from "@/lib/message/message"
import { requestJson } from "../api"
import { isObject } from "../model-form/check"

/** Has something made. Throws AppError. */
export async function startGeneration(
  model: string,
  text: string,
  files: readonly FilePart[],
  { $slots, ...params }: Params,
): Promise<Generation> {
  const slotOf = (fileId: string) => {
    const slot = isObject($slots) ? $slots[fileId] : undefined
    return typeof slot === "string" ? { slot } : {}
  }
  const refs = files.map(({ fileId }) => ({ fileId, ...slotOf(fileId) }))
  const body = { model, inputs: { text, files: refs }, params }
  return requestJson<Generation>("/api/generations", { method: "POST", body })
}

/** A file that went in, as it is attached; null when it is gone. */
export async function readFile(fileId: string): Promise<FilePart | null> {
  try {
    const { id, ...facts } = await requestJson<Omit<FilePart, "type" | "fileId"> & { id: string }>(
      `/api/files/${fileId}`,
    )
    return { type: "file", fileId: id, ...facts }
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null
    throw error
  }
}
