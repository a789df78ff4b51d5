import "server-only"
import { type ChildProcessByStdio, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import type { Readable, Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { z } from "zod"
import { AppError } from "../../base/errors"
import type { Bytes } from "../intake"
import { withPermit } from "./semaphore"

/** The text of a file; `isCut` when it was truncated or parts could not be read. */
export type Extracted = { text: string; isCut: boolean; pages: number | null }

/** The file to read; the bytes are opened only once a process is available. */
type Source = { mediaType: string; open: () => Promise<Bytes> }

const words = {
  unsupported: "Files of this type cannot be read as text.",
  damaged: "This file is damaged or not what its name says. Save it again and attach the copy.",
  encrypted: "This file is protected by a password. Attach a copy without one.",
  "too-large": "This file is too large when it is unpacked. Split it, or save it as plain text.",
  "too-slow": "Reading this file took too long. Split it, or save it as plain text.",
  empty: "There is no text in this file; its pages may be pictures.",
} as const
type Reason = keyof typeof words

const timeLimitMs = 15_000
const maxAnswerBytes = 16_000_000

const foundSchema = z.object({
  text: z.string(),
  isCut: z.boolean(),
  pages: z.number().nullable(),
  title: z.string(),
})
const answerSchema = z.union([
  foundSchema,
  z.object({ reason: z.enum(["damaged", "encrypted", "too-large", "empty"]) }),
])

/** Whether text can be extracted from this type. */
export function isExtractable(mediaType: string): boolean {
  return /^text\/|^application\/(pdf|rtf|json|xml|yaml|epub\+zip)$|^application\/vnd\.(openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)|oasis\.opendocument\.(text|spreadsheet|presentation))$/.test(
    mediaType,
  )
}

/**
 * Extracts the text of a file in a separate process with little memory and no privileges. Throws `file_unreadable`
 * with a message for people.
 */
export async function extractText(
  { mediaType, open }: Source,
  options: Options = {},
): Promise<Extracted> {
  if (!isExtractable(mediaType)) throw unreadable("unsupported")
  const { title: _title, ...found } = await withPermit("files", () =>
    extract(mediaType, open, options),
  )
  return found
}

/** The same for a web page, with its own semaphore so that pages and attachments do not wait for each other. */
export async function extractPage(
  bytes: Uint8Array,
  options: Options = {},
): Promise<{ title: string; text: string }> {
  const open = async () => bytes
  const { title, text } = await withPermit("pages", () => extract("text/html", open, options))
  return { title, text }
}

async function extract(mediaType: string, open: Source["open"], options: Options): Promise<Found> {
  options.signal?.throwIfAborted()
  const answer = await ask(mediaType, await open(), options)
  options.signal?.throwIfAborted()
  if ("reason" in answer) throw unreadable(answer.reason)
  return answer
}

/** Whether a retry may succeed when the machine is less busy. */
export function isTransient(message: string): boolean {
  return message === words["too-slow"]
}

function unreadable(reason: Reason): AppError {
  return new AppError("file_unreadable", { message: words[reason], cause: reason })
}

type Options = {
  timeLimitMs?: number
  /** Aborted when the result is no longer needed. */
  signal?: AbortSignal
}
type Found = z.infer<typeof foundSchema>
type Child = ChildProcessByStdio<Writable, Readable, Readable>
type Answer = z.infer<typeof answerSchema> | { reason: Reason }

async function ask(mediaType: string, bytes: Bytes, options: Options): Promise<Answer> {
  const child = start(mediaType, options.timeLimitMs ?? timeLimitMs)
  const end = () => child.kill("SIGKILL")
  options.signal?.addEventListener("abort", end)
  const closed = once(child, "close")
  closed.catch(() => {}) // a process that failed to start; reported below, after the streams
  const [fed, said, complaint] = await Promise.all([
    feed(child, bytes),
    readAll(child, child.stdout),
    readAll(child, child.stderr),
  ])
  const [code] = await closed.finally(() => options.signal?.removeEventListener("abort", end))
  if (fed !== undefined) throw fed
  if (child.killed) return { reason: "too-slow" }
  // Ended by its own watchdog or by running out of memory.
  if (code === null || code === outOfMemoryCode) return { reason: "too-large" }
  if (code !== 0) throw new Error(`The reader of files failed: ${complaint.slice(-1_000)}`)
  return answerSchema.parse(JSON.parse(said))
}
const outOfMemoryCode = 134 // 128 + SIGABRT, as reported through a shell or container

function start(mediaType: string, timeout: number): Child {
  // The bundler must not trace these files: next.config.ts lists them.
  const root = /* turbopackIgnore: true */ process.cwd()
  const folder = join(/* turbopackIgnore: true */ root, "lib", "files", "extract")
  const readable = [join(folder, "*"), join(root, "node_modules", "*"), join(root, "package.json")]
  const flags = [
    "--permission",
    "--allow-worker",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    "--max-old-space-size=256",
    "--disallow-code-generation-from-strings",
    "--no-warnings",
  ]
  return spawn(process.execPath, [...flags, join(folder, "worker.mjs"), mediaType], {
    cwd: root,
    env: { NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "pipe"],
    timeout,
    killSignal: "SIGKILL",
  })
}

/** Pipes the file to the process; returns the error if the file cannot be read completely. */
async function feed(child: Child, bytes: Bytes): Promise<unknown> {
  let failure: unknown
  async function* pieces() {
    try {
      if (bytes instanceof Uint8Array) yield bytes
      else yield* bytes
    } catch (error) {
      failure = error
      child.kill("SIGKILL")
    }
  }
  // The child stops reading once it exits; its exit code explains why.
  await pipeline(pieces(), child.stdin).catch(() => {})
  return failure
}

async function readAll(child: Child, stream: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    length += piece.length
    if (length > maxAnswerBytes) child.kill("SIGKILL")
    else pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}
