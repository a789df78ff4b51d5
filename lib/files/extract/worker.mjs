// Reads one file from standard input and writes its text to standard output. A separate process in plain
// JavaScript, because attachments may be crafted to exploit the parser: it has no secrets, can read only its own
// code, and exits when it exceeds its memory or time limit.
import { once } from "node:events"
import { buffer } from "node:stream/consumers"
import { Worker } from "node:worker_threads"
import { limits } from "./limits.mjs"
import { Output } from "./output.mjs"
import { Unreadable } from "./unreadable.mjs"

/** @typedef {(bytes: Buffer, output: Output) => void | Promise<void>} Reader */

/** @type {Record<string, () => Promise<Reader>>} */
const readers = {
  "application/pdf": async () => (await import("./pdf.mjs")).readPdf,
  "application/rtf": async () => (await import("./rtf.mjs")).readRtf,
  "application/epub+zip": async () => (await import("./epub.mjs")).readEpub,
  "text/html": async () => (await import("./html.mjs")).readPage,
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": async () =>
    (await import("./word.mjs")).readWord,
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": async () =>
    (await import("./workbook.mjs")).readWorkbook,
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": async () =>
    (await import("./slides.mjs")).readSlides,
}

/** @param {string} mediaType @returns {Promise<Reader>} */
async function readerOf(mediaType) {
  if (readers[mediaType]) return readers[mediaType]()
  if (mediaType.startsWith("application/vnd.oasis.opendocument.")) {
    return (await import("./open-document.mjs")).readOpenDocument
  }
  return (await import("./plain.mjs")).readPlain
}

// A thread, because the main thread may be busy for long. It also ends this process if the server is killed. It
// must be running before anything is read: exiting while a thread is starting may hang forever.
async function startGuard(/** @type {number} */ sizeBytes) {
  const watch = `
    const { residentBytes, timeMs } = require("node:worker_threads").workerData
    const end = () => process.kill(process.pid, "SIGKILL")
    setTimeout(end, timeMs)
    setInterval(() => process.memoryUsage.rss() > residentBytes && end(), 20)`
  // The file is held in memory up to three times: in chunks, joined, and as the library's copy.
  const residentBytes = limits.residentBytes + 3 * sizeBytes
  const workerData = { residentBytes, timeMs: limits.guardMs }
  await once(new Worker(watch, { eval: true, workerData }), "online")
}

/** @returns {Promise<object>} */
async function extract() {
  const [, , mediaType = ""] = process.argv
  const bytes = await buffer(process.stdin)
  await startGuard(bytes.length)
  const read = await readerOf(mediaType) // a missing module is not the file's fault
  const output = new Output()
  try {
    await read(bytes, output)
  } catch (error) {
    if (error !== output.full) return { reason: reasonOf(error) }
    output.isCut = true
  }
  return output.hasText ? output.finish() : { reason: "empty" }
}

function reasonOf(/** @type {unknown} */ error) {
  return error instanceof Unreadable ? error.reason : "damaged" // what a parser stumbled over
}

function answer(/** @type {object} */ value) {
  process.stdout.write(JSON.stringify(value), () => process.exit(0))
}

process.on("unhandledRejection", () => answer({ reason: "damaged" }))
answer(await extract())
