import "server-only"
import { openAsBlob } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { fileTypeFromBlob } from "file-type"
import { imageSize } from "image-size"
import { AppError } from "../base/errors"
import { mediaTypes } from "./media-types"
import { readMp4 } from "./mp4"
import { isText } from "./text"
import { readWavDuration } from "./wav"

/** A file's type and properties, detected from its bytes. */
export type Sniffed = {
  mediaType: string
  /** The usual file extension of this type. */
  extension: string
  width?: number
  height?: number
  durationMs?: number
}

/** Enough to find the image size behind several metadata blocks written by cameras. */
const headBytes = 512 * 1024

const textTypes: Record<string, string> = {
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
  json: "application/json",
  obj: "model/obj",
  gltf: "model/gltf+json",
}
// Formats that may consist of text only. "solid" (STL) is also an English word.
const textFormats = new Set(["application/pdf", "application/rtf"])

/**
 * Detects the type of the file at `path`. Its name only decides between kinds of text and between formats that are
 * zip archives. Throws `invalid` with a message for unsupported files.
 */
export async function sniff(path: string, name: string): Promise<Sniffed> {
  const ending = /\.([a-z0-9]{1,10})$/.exec(name.toLowerCase())?.[1] ?? ""
  const file = await open(path)
  try {
    const detected = await fileTypeFromBlob(await openAsBlob(path), { maxBufferSize: 1024 * 1024 })
    const isFormat =
      textFormats.has(detected?.mime ?? "") || (detected?.ext === "stl" && ending === "stl")
    if (!isFormat && (await isText(file))) {
      return { mediaType: textTypes[ending] ?? "text/plain", extension: "txt" }
    }
    const head = await readHead(file)
    const mediaType = typeOf(detected?.mime, ending, head)
    if (!mediaType) throw new AppError("invalid", { message: unsupported })
    return await refine({ mediaType, extension: detected?.ext ?? ending }, file, head)
  } finally {
    await file.close()
  }
}

const unsupported =
  "Files of this type cannot be used. Attach a picture, a video, a sound, a 3D model, a PDF or office document, or text in UTF-8."

function typeOf(mime: string | undefined, ending: string, head: Buffer): string | undefined {
  if (head.subarray(0, 4).equals(plyMark)) return "model/ply"
  if (mime === "application/zip" && ending === "usdz") return "model/vnd.usdz+zip"
  return mime && mediaTypes[mime]
}
const plyMark = Buffer.from("ply\n")

/** Adds what a page needs before it loads the file: dimensions and duration. */
async function refine(sniffed: Sniffed, file: FileHandle, head: Buffer): Promise<Sniffed> {
  const { mediaType } = sniffed
  if (mediaType.startsWith("image/")) return { ...sniffed, ...pictureSize(head) }
  if (mediaType === "audio/wav") return { ...sniffed, ...(await readWavDuration(file)) }
  if (mediaType === "video/webm" && !hasVideoTrack(head)) {
    return { ...sniffed, mediaType: "audio/webm" }
  }
  if (!/^(video|audio)\/(mp4|quicktime)$/.test(mediaType)) return sniffed
  const movie = await readMp4(file)
  // A movie without a picture is an audio recording.
  const isAudio = mediaType === "video/mp4" && movie !== null && !movie.width
  return { ...sniffed, ...movie, ...(isAudio && { mediaType: "audio/mp4", extension: "m4a" }) }
}

function pictureSize(head: Buffer): { width?: number; height?: number } {
  try {
    const { width, height, orientation = 1 } = imageSize(head)
    if (!(width > 0 && height > 0)) return {}
    // EXIF orientations 5 to 8 swap width and height.
    return orientation > 4 ? { width: height, height: width } : { width, height }
  } catch {
    return {} // damaged or of unknown size: shown at its natural size
  }
}

// Matroska element "track type" (0x83), one byte long: 1 for video, 2 for audio. Tracks are listed before the first
// cluster; inside the media data the same bytes occur by chance.
function hasVideoTrack(head: Buffer): boolean {
  const cluster = head.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]))
  const tracks = cluster < 0 ? head : head.subarray(0, cluster)
  return (
    tracks.includes(Buffer.from([0x83, 0x81, 1])) || !tracks.includes(Buffer.from([0x83, 0x81, 2]))
  )
}

async function readHead(file: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  return buffer.subarray(0, bytesRead)
}
