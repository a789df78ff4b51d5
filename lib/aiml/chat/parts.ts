import type { Value } from "../schema/check"
import type { WirePart } from "./wire"

/** The ways to say one part of a question, the most common first. */
export function partCandidates(part: WirePart): Value[] {
  if (part.text !== undefined && part.type === "text") return [{ type: "text", text: part.text }]
  if (part.image_url) return imageCandidates(part.image_url.url)
  if (part.video_url) return [{ type: "video_url", video_url: { url: part.video_url.url } }]
  if (part.input_audio) return audioCandidates(part.input_audio)
  return part.file ? fileCandidates(part.file) : []
}

function imageCandidates(url: string): Value[] {
  const data = splitData(url)
  return [
    { type: "image_url", image_url: { url } },
    { type: "image_url", image_url: url },
    ...(data
      ? [
          {
            type: "image",
            source: { type: "base64", media_type: data.mediaType, data: data.base64 },
          },
        ]
      : []),
    { type: "image", source: { type: "url", url } },
    { type: "input_image", image_url: url },
    { type: "input_image", image_url: url, detail: "auto" },
  ]
}

function audioCandidates({ data, format }: { data: string; format: string }): Value[] {
  const mediaType = format === "mp3" ? "audio/mpeg" : `audio/${format}`
  return [
    { type: "input_audio", input_audio: { data, format } },
    { type: "input_audio", input_audio: { data, format: mediaType } },
    { type: "input_audio", input_audio: { data } },
    { type: "audio_url", audio_url: { url: `data:${mediaType};base64,${data}` } },
  ]
}

function fileCandidates(file: { filename?: string | undefined; file_data: string }): Value[] {
  const { filename = "document.pdf", file_data } = file
  const data = splitData(file_data)
  const media = data && { media_type: data.mediaType, data: data.base64 }
  return [
    { type: "file", file: { filename, file_data } },
    { type: "file", file: { file_data } },
    ...(media ? [{ type: "document", source: { type: "base64", ...media } }] : []),
    { type: "input_file", filename, file_data },
  ]
}

/** The type and the content of a data address. */
function splitData(url: string): { mediaType: string; base64: string } | undefined {
  const [, mediaType, base64] = /^data:([^;,]+);base64,([\s\S]+)$/.exec(url) ?? []
  return mediaType && base64 ? { mediaType, base64 } : undefined
}
