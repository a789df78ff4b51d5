import "server-only"

/**
 * The accepted formats as detected from their first bytes, mapped to our names for them. Executables, HTML and
 * vector images that can contain scripts are not accepted.
 */
export const mediaTypes: Record<string, string> = {
  ...same(
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/tiff",
    "image/heic",
    "image/heif",
    "image/jxl",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/flac",
    "audio/aac",
    "audio/mp4",
    "audio/aiff",
    "audio/amr",
    "audio/midi",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "video/ogg",
    "video/mpeg",
    "video/mp2t",
    "video/3gpp",
    "video/3gpp2",
    "application/pdf",
    "application/rtf",
    "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/zip",
    "model/gltf-binary",
    "model/stl",
    "model/3mf",
  ),
  "image/apng": "image/png",
  "audio/ogg; codecs=opus": "audio/ogg",
  "application/ogg": "audio/ogg",
  "audio/x-m4a": "audio/mp4",
  "audio/x-caf": "audio/x-caf",
  "video/x-m4v": "video/mp4",
  "video/matroska": "video/x-matroska",
  "video/vnd.avi": "video/x-msvideo",
  "application/x-ft-fbx": "model/vnd.fbx",
}

/**
 * Whether a browser may show a file inline: images, video and audio that cannot run scripts. Everything else is
 * downloaded.
 */
export function isShownInPlace(mediaType: string): boolean {
  return inPlace.has(mediaType) || mediaType.startsWith("audio/")
}
const inPlace = new Set([
  ...["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"],
  ...["video/mp4", "video/webm"],
])

function same(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]))
}
