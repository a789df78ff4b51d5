import "server-only"
import type { FilePart as ModelFilePart, ModelMessage, TextPart } from "ai"
import { AppError } from "../base/errors"
import { type FileKind, fileKindOf } from "../base/file-kinds"
import { limits } from "../base/limits"
import type { User } from "../db/users"
import { isExtractable } from "../files/extract/extract"
import type { FilePart, Message, Part } from "../message/message"
import { plainText } from "../message/parts"
import { findAttachment, readAttachment } from "../storage/attachments"
import { textOfFile } from "../storage/file-text"
import { cutToTokens, estimateTokens, tokensPerFile } from "./context-window"

type Said = { role: Message["role"]; parts: readonly Part[] }
type Content = TextPart | ModelFilePart

/** What a model can be given: kinds of files, and how much. */
export type Takes = { kinds: ReadonlySet<FileKind>; roomTokens: number }

/**
 * A path of messages as a model is told it, the newest first until its window is full. Answers that never
 * came are left out. `leftOut` says in words what the model was not given, `asText` which files it was
 * given as text only.
 */
export async function toModelMessages(
  user: User,
  { path, hasEarlier }: { path: readonly Said[]; hasEarlier: boolean },
  takes: Takes,
): Promise<{ messages: ModelMessage[]; leftOut: string[]; asText: string[] }> {
  const reading = new Reading(user, takes)
  const messages: ModelMessage[] = []
  for (const [index, said] of path.toReversed().entries()) {
    const isQuestion = index === 0
    const message = await reading.read(said, isQuestion)
    if (message === "full") {
      reading.leftOut.push(hasEarlier ? earlierLeft : firstLeft(path.length - index))
      break
    }
    if (message) messages.unshift(message)
    if (hasEarlier && index === path.length - 1) reading.leftOut.push(earlierLeft)
  }
  // A conversation begins with a question.
  while (messages[0]?.role === "assistant") messages.shift()
  const { leftOut, asText } = reading
  return { messages, leftOut, asText }
}

const earlierLeft = "Earlier messages were not given to the model: its window is full."

function firstLeft(count: number): string {
  return count === 1
    ? "The first message was not given to the model: its window is full."
    : `The first ${count} messages were not given to the model: its window is full.`
}

/** Reads messages as long as there is room. */
class Reading {
  readonly leftOut: string[] = []
  readonly asText: string[] = []
  #roomBytes: number = limits.attachedBytes
  #roomTokens: number

  constructor(
    readonly user: User,
    readonly takes: Takes,
  ) {
    this.#roomTokens = takes.roomTokens
  }

  /** One message for the model; null for nothing to tell, "full" when it does not fit any more. */
  async read({ role, parts }: Said, isQuestion: boolean): Promise<ModelMessage | null | "full"> {
    const text = withoutTags(plainText(parts))
    const tokens = estimateTokens(text)
    if (!isQuestion && tokens > this.#roomTokens) return "full"
    this.#roomTokens -= tokens
    if (role === "assistant") return text === "" ? null : { role, content: text }
    const content: Content[] = text === "" ? [] : [{ type: "text", text }]
    for (const part of parts) if (part.type === "file") content.push(await this.#readIfThere(part))
    return content.length > 0 ? { role, content } : null
  }

  /** A conversation outlives files that were deleted out of it. */
  async #readIfThere(part: FilePart): Promise<Content> {
    try {
      return await this.#readFile(part)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error
      this.leftOut.push(`${part.name} was not given to the model: it was deleted.`)
      return { type: "text", text: `[A file ${part.name} was attached here and is deleted.]` }
    }
  }

  async #readFile(part: FilePart): Promise<Content> {
    const kind = fileKindOf(part.mediaType)
    const tokens = tokensPerFile[kind]
    const isTaken = isNative(part, this.takes.kinds)
    const hasRoom = part.sizeBytes <= this.#roomBytes && tokens <= this.#roomTokens
    if (isTaken && hasRoom) {
      this.#roomBytes -= part.sizeBytes
      this.#roomTokens -= tokens
      const data = await readAttachment(this.user, part)
      return { type: "file", data, mediaType: part.mediaType, filename: part.name }
    }
    if (isExtractable(part.mediaType)) return await this.#readText(part)
    const full = part.sizeBytes > this.#roomBytes ? tooHeavy : "its window is full"
    const why = isTaken ? full : "it does not take it"
    this.leftOut.push(`${part.name} was not given to the model: ${why}.`)
    return inWords(part)
  }

  async #readText(part: FilePart): Promise<TextPart> {
    try {
      const file = await findAttachment(this.user, part)
      const { text, isCut } = await textOfFile(file)
      const shown = cutToTokens(withoutTags(text), Math.max(200, this.#roomTokens * 0.9))
      this.#roomTokens -= estimateTokens(shown.text)
      if (!part.mediaType.startsWith("text/")) this.asText.push(part.name)
      if (isCut || shown.isCut) {
        this.leftOut.push(`Only the beginning of ${part.name} was given to the model: it is long.`)
      }
      return { type: "text", text: `File ${part.name}:\n\n${shown.text}` }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "file_unreadable") throw error
      this.leftOut.push(`${part.name} was not given to the model. ${error.message}`)
      return inWords(part)
    }
  }
}

const tooHeavy = `the files of a conversation may have ${limits.attachedBytes / 1_000_000} MB together`

/** Whether a model takes a file as it is. Text always goes as text. */
function isNative({ mediaType }: FilePart, kinds: ReadonlySet<FileKind>): boolean {
  const kind = fileKindOf(mediaType)
  if (!kinds.has(kind)) return false
  if (kind === "document") return mediaType === "application/pdf"
  return kind !== "audio" || /^audio\/(wav|mp3|mpeg)$/.test(mediaType)
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
