import { createHash, randomBytes } from "node:crypto"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { crc32, deflateSync } from "node:zlib"
import { type APIRequestContext, expect } from "@playwright/test"
import { sameOrigin, site } from "./people"

// Files to upload, and where they lie then.

export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

export function png(width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), content])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.alloc(width + 1)))
  const chunks = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.of())]
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks])
}

/** A picture that nobody else has uploaded. */
export const ownPng = () => Buffer.concat([png(3, 2), randomBytes(16)])

export function upload(
  request: APIRequestContext,
  name: string,
  bytes: Buffer,
  mimeType = "image/png",
) {
  const multipart = { file: { name, mimeType, buffer: bytes } }
  return request.post("/api/files", { headers: sameOrigin, multipart })
}

export async function uploaded(request: APIRequestContext, name: string, bytes: Buffer) {
  const response = await upload(request, name, bytes)
  expect(response.status()).toBe(201)
  return response.json()
}

/** Where the bytes of a hash lie, whoever they belong to; empty when nowhere. */
export async function stored(
  sha256: string,
  dataDir = process.env.DATA_DIR ?? "",
): Promise<string[]> {
  const folder = join(dataDir, "files")
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names.filter((name) => name.replace("/", "") === sha256)
}

/** The environment of a server of a test's own; our calls say that they come from `site`. */
export const ownServer = (DATABASE_URL: string, DATA_DIR: string) => ({
  DATABASE_URL,
  AUTH_SECRET: "a secret of thirty-two characters or more",
  AUTH_URL: site,
  AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
  DATA_DIR,
})

export const contentOf = (file: { id: string }) => `/api/files/${file.id}/content`
