import { inflateSync } from "node:zlib"
import { type Dict, Lexer, Name, Operator, Reference, type Value } from "./lexer"

/** More than any honest page unpacks to. */
const largestStreamBytes = 64 * 1024 * 1024

export interface PdfObject {
  value: Value
  /** The packed bytes behind a dictionary. */
  stream?: Buffer
}

/** The objects of a PDF file by their numbers. */
export type PdfFile = Map<number, PdfObject>

/** A reference followed to what it means. */
export function resolve(file: PdfFile, value: Value | undefined): Value | undefined {
  let found = value
  for (let hops = 0; found instanceof Reference && hops < 20; hops++) {
    found = file.get(found.id)?.value
  }
  return found
}

export function dictOf(file: PdfFile, value: Value | undefined): Dict | undefined {
  const found = resolve(file, value)
  return found instanceof Map ? found : undefined
}

export function listOf(file: PdfFile, value: Value | undefined): Value[] {
  const found = resolve(file, value)
  return Array.isArray(found) ? found : found === undefined || found === null ? [] : [found]
}

export function numberOf(file: PdfFile, value: Value | undefined): number | undefined {
  const found = resolve(file, value)
  return typeof found === "number" ? found : undefined
}

export function nameOf(file: PdfFile, value: Value | undefined): string | undefined {
  const found = resolve(file, value)
  return found instanceof Name ? found.name : undefined
}

function unpacked(filter: string, bytes: Buffer): Buffer | undefined {
  if (filter === "FlateDecode" || filter === "Fl") {
    return inflateSync(bytes, { maxOutputLength: largestStreamBytes, finishFlush: 2 })
  }
  if (filter === "ASCIIHexDecode" || filter === "AHx") {
    return Buffer.from(bytes.toString("latin1").replace(/[^0-9a-f]/gi, ""), "hex")
  }
  return undefined
}

/** The bytes of a stream, unpacked; nothing if they are packed in a way that is not known here. */
export function contentOf(file: PdfFile, { value, stream }: PdfObject): Buffer | undefined {
  if (!stream || !(value instanceof Map)) return undefined
  let bytes: Buffer | undefined = stream
  for (const filter of listOf(file, value.get("Filter") ?? value.get("F"))) {
    try {
      bytes = bytes && unpacked(nameOf(file, filter) ?? "", bytes)
    } catch {
      // A damaged stream is like one of an unknown kind.
      return undefined
    }
  }
  return bytes
}

/** The bytes between "stream" and "endstream", whose stated length is wrong in many a file. */
function streamAt(bytes: Buffer, at: number, dict: Dict): Buffer {
  const start = at + (bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1)
  const length = dict.get("Length")
  if (typeof length === "number") {
    const after = bytes.toString("latin1", start + length, start + length + 12)
    if (/^\s*endstream/.test(after)) return bytes.subarray(start, start + length)
  }
  const end = bytes.indexOf("endstream", start, "latin1")
  return bytes.subarray(start, end < 0 ? bytes.length : end)
}

function objectAt(bytes: Buffer, at: number): PdfObject | undefined {
  const lexer = new Lexer(bytes, at)
  const value = lexer.next()
  if (value === undefined) return undefined
  if (!(value instanceof Map)) return { value }
  const next = lexer.next()
  const isStream = next instanceof Operator && next.word === "stream"
  return isStream ? { value, stream: streamAt(bytes, lexer.at, value) } : { value }
}

/** Adds the objects that are packed together in streams of objects. */
function unpackObjects(file: PdfFile): void {
  for (const object of [...file.values()]) {
    const dict = object.value instanceof Map ? object.value : undefined
    if (nameOf(file, dict?.get("Type")) !== "ObjStm") continue
    const content = contentOf(file, object)
    const first = numberOf(file, dict?.get("First")) ?? 0
    if (!content) continue
    const index = new Lexer(content)
    for (let left = numberOf(file, dict?.get("N")) ?? 0; left > 0; left--) {
      const [id, offset] = [index.next(), index.next()]
      if (typeof id !== "number" || typeof offset !== "number") break
      const value = new Lexer(content, first + offset).next()
      if (value !== undefined && !file.has(id)) file.set(id, { value })
    }
  }
}

/**
 * Reads a PDF by looking for its objects from the start to the end, later ones in place of earlier
 * ones. The table at its end is not needed for that, and often damaged.
 */
export function readFile(bytes: Buffer): PdfFile {
  const file: PdfFile = new Map()
  const text = bytes.toString("latin1")
  const pattern = /(?<![\d])(\d{1,9})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj(?![a-z])/g
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const object = objectAt(bytes, pattern.lastIndex)
    if (!object) continue
    file.set(Number(match[1]), object)
    // What looks like an object inside of packed bytes is none.
    if (object.stream)
      pattern.lastIndex = object.stream.byteOffset - bytes.byteOffset + object.stream.length
  }
  unpackObjects(file)
  return file
}
