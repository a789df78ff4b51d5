import { z } from "zod"
import type { Exchange, Route } from "../exchange"
import { parseBody } from "../parse"
import { assistantsIn, found, newId, type StoredFile, seconds } from "./store"

const largestTotalBytes = 256 * 1024 * 1024

const uploadSchema = z.object({
  purpose: z.literal("assistants"),
  file: z.object({
    buffer: z.instanceof(Buffer),
    mimetype: z.string(),
    originalname: z.string(),
  }),
})

function fileBody({ id, bytes, createdAt, name }: StoredFile): object {
  return {
    id,
    object: "file",
    bytes: bytes.length,
    created_at: seconds(createdAt),
    expires_at: null,
    filename: name,
    purpose: "assistants",
    status: "processed",
  }
}

/** Forgets the oldest files when there is too much of them. */
function makeRoom(files: Map<string, StoredFile>): void {
  let totalBytes = [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  for (const [id, { bytes }] of files) {
    if (totalBytes <= largestTotalBytes) return
    files.delete(id)
    totalBytes -= bytes.length
  }
}

async function upload(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const { file } = await parseBody(exchange, uploadSchema)
  const stored: StoredFile = {
    id: newId(exchange, "file-"),
    name: file.originalname,
    contentType: file.mimetype,
    bytes: file.buffer,
    createdAt: Date.now(),
  }
  const { files } = assistantsIn(exchange.simulator)
  files.set(stored.id, stored)
  makeRoom(files)
  exchange.entry.prompt = stored.name
  exchange.sendJson(201, fileBody(stored))
}

function fileOf(exchange: Exchange, id: string): StoredFile {
  return found(assistantsIn(exchange.simulator).files.get(id), "file", id)
}

function show(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  exchange.sendJson(200, fileBody(fileOf(exchange, id)))
}

function download(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  const { bytes, contentType } = fileOf(exchange, id)
  exchange.begin(200, contentType || "application/octet-stream", {
    "content-length": String(bytes.length),
  })
  exchange.response.end(bytes)
}

function remove(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  fileOf(exchange, id)
  assistantsIn(exchange.simulator).files.delete(id)
  exchange.sendJson(200, { id, object: "file", deleted: true })
}

const one = /^(?:\/v1)?\/files\/([^/]+)$/

export const fileRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/files$/, handle: upload },
  { method: "GET", path: one, handle: show },
  { method: "DELETE", path: one, handle: remove },
  { method: "GET", path: /^(?:\/v1)?\/files\/([^/]+)\/content$/, handle: download },
]
