import "server-only"
import type { Bytes, TakenIn } from "./intake"

/** Bytes that were taken in and that nobody can see yet. */
type PutBytes = TakenIn & {
  /** Brings them to where they can be kept at once: what may take long, and may be done for nothing. */
  send: () => Promise<void>
  /** Puts them in their place; the same ones may be there already. */
  keep: () => Promise<void>
}

/** The bytes of files, each once, under their hash. It knows neither people nor names. */
export type Store = {
  put: (bytes: Bytes, maxBytes: number) => Promise<PutBytes>
  /** The bytes from `start` to `end`, both included; all of them when no range is given. */
  open: (sha256: string, range?: Range) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  remove: (sha256: string) => Promise<void>
  /** Everything that lies here, some at a time, and when it was put here last. */
  list: () => AsyncIterable<Stored[]>
  /** Whose bytes these are: the installation that asked first. */
  claim: (installation: string) => Promise<string>
}
export type Range = { start: number; end: number }
export type Stored = { sha256: string; storedAt: Date }

/** What a store calls the bytes with this hash by. Throws for what is none, so that no name leads elsewhere. */
export function checkHash(sha256: string): string {
  if (!isHash(sha256)) throw new Error("this is no hash")
  return sha256
}

export function isHash(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}
