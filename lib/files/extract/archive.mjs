import { inflateRawSync } from "node:zlib"
import { limits } from "./limits.mjs"
import { Unreadable } from "./unreadable.mjs"

/** @typedef {{ isEncrypted: boolean, method: number, packedBytes: number, at: number }} Entry */

const marks = { end: 0x06054b50, entry: 0x02014b50, content: 0x04034b50 }
const endBytes = 22
const wide = 0xffffffff // the value is in the zip64 extra field

/** A zip archive that decompresses entries on demand and enforces the limits while doing so. */
export class Archive {
  /** @type {Map<string, Entry>} */
  #entries = new Map()
  #bytes
  #roomBytes = limits.unpackedBytes

  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.#bytes = bytes
    if (bytes.subarray(0, 4).equals(compoundMark)) throw new Unreadable("encrypted")
    const end = findEnd(bytes)
    const count = bytes.readUInt16LE(end + 10)
    if (count > limits.entries) throw new Unreadable("too-large")
    let at = bytes.readUInt32LE(end + 16)
    for (let index = 0; index < count; index++) {
      if (bytes.readUInt32LE(at) !== marks.entry) throw new Unreadable("damaged")
      const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
      const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
      const name = bytes.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/")
      const extra = bytes.subarray(nameEnd, extraEnd)
      this.#entries.set(name, readEntry(bytes.subarray(at, at + 46), extra))
      at = extraEnd + bytes.readUInt16LE(at + 32)
    }
  }

  get names() {
    return [...this.#entries.keys()]
  }

  /** The bytes of an entry, or null if it does not exist. @param {string} name */
  find(name) {
    const entry = this.#entries.get(name)
    if (!entry) return null
    const content = this.#unpack(entry)
    this.#roomBytes -= content.length
    if (this.#roomBytes < 0) throw new Unreadable("too-large")
    return content
  }

  /** The bytes of a required entry. @param {string} name */
  get(name) {
    const content = this.find(name)
    if (!content) throw new Unreadable("damaged")
    return content
  }

  #unpack(/** @type {Entry} */ { isEncrypted, method, packedBytes, at }) {
    if (isEncrypted) throw new Unreadable("encrypted")
    if (this.#bytes.readUInt32LE(at) !== marks.content) throw new Unreadable("damaged")
    const start = at + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28)
    const packed = this.#bytes.subarray(start, start + packedBytes)
    if (packed.length < packedBytes) throw new Unreadable("damaged")
    if (method === 0) return packed
    if (method !== 8) throw new Unreadable("damaged")
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, this.#roomBytes) })
    } catch (error) {
      throw new Unreadable(isTooMuch(error) ? "too-large" : "damaged")
    }
  }
}

// Password-protected office files are compound files rather than zip archives.
const compoundMark = Buffer.from("d0cf11e0", "hex")

/** @param {unknown} error */
function isTooMuch(error) {
  return error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
}

/** @param {Buffer} bytes */
function findEnd(bytes) {
  const first = Math.max(0, bytes.length - endBytes - 0xffff)
  for (let at = bytes.length - endBytes; at >= first; at--) {
    if (bytes.readUInt32LE(at) === marks.end) return at
  }
  throw new Unreadable("damaged")
}

/** @param {Buffer} header @param {Buffer} extra @returns {Entry} */
function readEntry(header, extra) {
  const [packedBytes, unpackedBytes, at] = [20, 24, 42].map((place) => header.readUInt32LE(place))
  const isEncrypted = (header.readUInt16LE(8) & 1) === 1
  const method = header.readUInt16LE(10)
  if (packedBytes !== wide && at !== wide) return { isEncrypted, method, packedBytes, at }
  const values = readWide(extra)
  if (unpackedBytes === wide) values.next()
  return {
    isEncrypted,
    method,
    packedBytes: packedBytes === wide ? (values.next().value ?? 0) : packedBytes,
    at: at === wide ? (values.next().value ?? 0) : at,
  }
}

/** Values from the zip64 extra field, in the order of the header. @param {Buffer} extra */
function* readWide(extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const end = at + 4 + extra.readUInt16LE(at + 2)
    for (let place = at + 4; place + 8 <= end; place += 8) {
      yield Number(extra.readBigUInt64LE(place))
    }
  }
}
