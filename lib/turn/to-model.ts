import "server-only"
import type { FilePart as ModelFilePart, ModelMessage, TextPart } from "ai"
import type { User } from "../db/users"
import { type FileKind, fileKindOf } from "../file-kinds"
import type { FilePart, Message, Part } from "../message"
import { plainText } from "../parts"
import { readAttachment } from "./attachments"

type Said = { role: Message["role"]; parts: Part[] }

/** Bytes of attachments of a whole conversation that a model is given; the newest first. */
const mostBytes = 40_000_000

/**
 * A path of messages as a model that takes files of some kinds is told it. Answers that never came are
 * left out; `leftOut` says in words which files are.
 */
export async function toModelMessages(
  user: User,
  path: readonly Said[],
  takes: ReadonlySet<FileKind>,
): Promise<{ messages: ModelMessage[]; leftOut: string[] }> {
  const leftOut: string[] = []
  let roomBytes = mostBytes
  const messages: ModelMessage[] = []
  for (const { role, parts } of path.toReversed()) {
    const text = withoutTags(plainText(parts))
    if (role === "assistant") {
      if (text !== "") messages.unshift({ role, content: text })
      continue
    }
    const content: (TextPart | ModelFilePart)[] = text === "" ? [] : [{ type: "text", text }]
    for (const part of parts) {
      if (part.type !== "file") continue
      const isSendable = canSend(part, takes) && part.sizeBytes <= roomBytes
      if (isSendable) roomBytes -= part.sizeBytes
      else leftOut.push(`${part.name} was not given to the model: it does not take it.`)
      content.push(isSendable ? await toPart(user, part) : inWords(part))
    }
    if (content.length > 0) messages.unshift({ role, content })
  }
  return { messages, leftOut }
}

function canSend({ mediaType }: FilePart, takes: ReadonlySet<FileKind>): boolean {
  if (isText(mediaType)) return true
  const kind = fileKindOf(mediaType)
  if (!takes.has(kind)) return false
  if (kind === "document") return mediaType === "application/pdf"
  return kind !== "audio" || /^audio\/(wav|mp3|mpeg)$/.test(mediaType)
}

function isText(mediaType: string): boolean {
  return /^text\/|^application\/(json|xml|yaml)$/.test(mediaType)
}

async function toPart(user: User, part: FilePart): Promise<TextPart | ModelFilePart> {
  const { bytes } = await readAttachment(user, part)
  const { mediaType, name } = part
  if (!mediaType.startsWith("text/"))
    return { type: "file", data: bytes, mediaType, filename: name }
  const text = withoutTags(new TextDecoder().decode(bytes))
  return { type: "text", text: `File ${name}:\n\n${text}` }
}

function inWords({ name, mediaType }: FilePart): TextPart {
  return {
    type: "text",
    text: `[A file ${name} (${mediaType}) is attached that cannot be shown here.]`,
  }
}

// Invisible "tag" characters carry instructions that nobody sees.
function withoutTags(text: string): string {
  return text.replace(/[\u{E0000}-\u{E007F}]/gu, "")
}
