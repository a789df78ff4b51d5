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

/** The text of a file; `isCut` when there is more of it than is taken, or some could not be read. */
export type Extracted = { text: string; isCut: boolean; pages: number | null }

/** What is read; the bytes are opened when it is their turn. */
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
const mostAnswerBytes = 16_000_000

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

/** Whether there is a way to the text of such files. */
export function isExtractable(mediaType: string): boolean {
  return /^text\/|^application\/(pdf|rtf|json|xml|yaml|epub\+zip)$|^application\/vnd\.(openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)|oasis\.opendocument\.(text|spreadsheet|presentation))$/.test(
    mediaType,
  )
}

/**
 * Reads the text of a file, in a process of its own that is given little and trusted with nothing. Throws
 * `file_unreadable` in words a person understands.
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

/** The same for a page of the web, which does not wait for what people attach, nor they for it. */
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

/** Whether another try may end differently, on a day when the machine has less to do. */
export function isTransient(message: string): boolean {
  return message === words["too-slow"]
}

function unreadable(reason: Reason): AppError {
  return new AppError("file_unreadable", { message: words[reason], cause: reason })
}

type Options = {
  timeLimitMs?: number
  /** Whoever asked does not want it any more. */
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
  closed.catch(() => {}) // a process that did not start; told below, after the streams
  const [fed, said, complaint] = await Promise.all([
    feed(child, bytes),
    readAll(child, child.stdout),
    readAll(child, child.stderr),
  ])
  const [code] = await closed.finally(() => options.signal?.removeEventListener("abort", end))
  if (fed !== undefined) throw fed
  if (child.killed) return { reason: "too-slow" }
  // Ended from within, by its guard or for want of memory.
  if (code === null || code === outOfMemoryCode) return { reason: "too-large" }
  if (code !== 0) throw new Error(`The reader of files failed: ${complaint.slice(-1_000)}`)
  return answerSchema.parse(JSON.parse(said))
}
const outOfMemoryCode = 134 // 128 + SIGABRT, where a shell or a container passes it on

function start(mediaType: string, timeout: number): Child {
  // Nothing of this is known to the bundler: next.config.ts names the files that belong to it.
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

/** Passes the file on; returns the error, if it cannot be read to its end. */
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
  // A reader that has ended takes nothing more; how it ended says why.
  await pipeline(pieces(), child.stdin).catch(() => {})
  return failure
}

async function readAll(child: Child, stream: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    length += piece.length
    if (length > mostAnswerBytes) child.kill("SIGKILL")
    else pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}
