import { createHash } from "node:crypto"
import type { FileKind } from "../../base/file-kinds"
import type { Output } from "../protocol"

type Media = Extract<Output, { type: "media" }>

/** Maximum nesting at which results are searched for. */
const deepest = 6

// Members that only accompany the result.
const sideNames = /^(thumbnail|poster|cover|preview|input|logs?|links|docs|webhook|callback)/i
const base64Names = /b64|base64|^audio$|^data$/i
const codedNames = /b64|base64/i
const urlNames = /(^|_)(url|uri|href|link)$|^(video|audio|image|audio_file|model_mesh|output)$/i

const kindsByEnd: readonly (readonly [RegExp, FileKind])[] = [
  [/\.(png|jpe?g|webp|gif|avif|svg|bmp|tiff?)$/, "image"],
  [/\.(mp4|webm|mov|mkv|m4v)$/, "video"],
  [/\.(mp3|wav|ogg|opus|flac|m4a|aac|pcm)$/, "audio"],
  [/\.(glb|gltf|obj|ply|stl|fbx|usdz)$/, "mesh"],
]

/**
 * Finds the media in a response under any name: models use `data`, `images`, `video` as an object, list or plain
 * URL, `audio`, `model_mesh` and others. `fallback` is the kind the protocol produces.
 */
export function readMedia(json: unknown, fallback: FileKind): Media[] {
  const media = [...collect(json, "", {}, fallback, 0)]
  const seen = new Set<string>()
  return media.filter(({ source }) => {
    const key = "url" in source ? source.url : hashOf(source.bytes)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const unitNames: Record<FileKind, string> = {
  image: "images",
  video: "videos",
  audio: "sounds",
  document: "documents",
  mesh: "shapes",
}

/** The number of outputs by kind, such as `{ images: 2 }`, as units for models that are not billed by token. */
export function countMedia(outputs: readonly Output[]): Record<string, number> {
  const units: Record<string, number> = {}
  for (const output of outputs) {
    if (output.type !== "media") continue
    const name = unitNames[output.kind]
    units[name] = (units[name] ?? 0) + 1
  }
  return units
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64")
}

type Beside = { mediaType?: string; name?: string }

function* collect(
  value: unknown,
  name: string,
  beside: Beside,
  fallback: FileKind,
  depth: number,
): Generator<Media> {
  if (depth > deepest || sideNames.test(name)) return
  if (typeof value === "string") {
    const media = fromText(value, name, beside, fallback)
    if (media) yield media
  } else if (Array.isArray(value)) {
    for (const entry of value) yield* collect(entry, name, beside, fallback, depth + 1)
  } else if (typeof value === "object" && value !== null) {
    const inner = besideOf(value)
    const hasAddress = "url" in value && typeof value.url === "string" && value.url !== ""
    for (const [member, entry] of Object.entries(value)) {
      // The same result in a second encoding.
      if (hasAddress && codedNames.test(member)) continue
      // Only members with a telling name, or inside one.
      yield* collect(entry, member === "url" ? name || member : member, inner, fallback, depth + 1)
    }
  }
}

function besideOf(value: object): Beside {
  const members = new Map(Object.entries(value))
  const text = (...names: string[]) => {
    const value = names.map((name) => members.get(name)).find((entry) => typeof entry === "string")
    return typeof value === "string" ? value : undefined
  }
  const mediaType = text("content_type", "mime_type", "media_type", "mimeType")
  const name = text("file_name", "filename", "name")
  return { ...(mediaType && { mediaType }), ...(name && { name }) }
}

function fromText(text: string, name: string, beside: Beside, fallback: FileKind): Media | null {
  const mediaType = beside.mediaType ?? null
  if (/^data:[^,]{0,100},/.test(text)) {
    const declared = /^data:([^;,]+)/.exec(text)?.[1] ?? mediaType
    return {
      type: "media",
      kind: kindOf(declared, "", fallback),
      source: { url: text },
      mediaType: declared,
      name: beside.name ?? null,
    }
  }
  if (/^https?:\/\//.test(text)) {
    const path = pathOf(text)
    const isMedia = kindsByEnd.some(([pattern]) => pattern.test(path)) || urlNames.test(name)
    if (!isMedia && !/image|video|audio|mesh|file|data|output/i.test(name)) return null
    const fileName = beside.name ?? (decodeName(path) || null)
    const kind = kindOf(mediaType, path, kindByName(name) ?? fallback)
    return { type: "media", kind, source: { url: text }, mediaType, name: fileName }
  }
  const bytes = base64Names.test(name) ? decoded(text) : null
  if (!bytes) return null
  const kind = kindOf(mediaType, "", fallback)
  return { type: "media", kind, source: { bytes }, mediaType, name: beside.name ?? null }
}

function kindByName(name: string): FileKind | undefined {
  if (/mesh|glb|model_3d/i.test(name)) return "mesh"
  if (/^(video|videos)$/i.test(name)) return "video"
  if (/^(image|images)$/i.test(name)) return "image"
  return /^audio/i.test(name) ? "audio" : undefined
}

function kindOf(mediaType: string | null, path: string, fallback: FileKind): FileKind {
  if (mediaType?.startsWith("image/")) return "image"
  if (mediaType?.startsWith("video/")) return "video"
  if (mediaType?.startsWith("audio/")) return "audio"
  if (mediaType?.startsWith("model/")) return "mesh"
  return kindsByEnd.find(([pattern]) => pattern.test(path))?.[1] ?? fallback
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.toLowerCase() : ""
}

function decodeName(path: string): string {
  try {
    return decodeURIComponent(path.split("/").at(-1) ?? "")
  } catch {
    return ""
  }
}

/** Decodes base64, or hex, which one music model uses; null for anything else. */
function decoded(text: string): Uint8Array | null {
  if (text.length < 8) return null
  if (/^[\da-f]+$/i.test(text) && text.length % 2 === 0) return Buffer.from(text, "hex")
  return /^[A-Za-z\d+/_-]+=*$/.test(text) ? Buffer.from(text, "base64") : null
}
