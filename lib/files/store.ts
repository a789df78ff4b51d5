import "server-only"
import type { Bytes, TakenIn } from "./intake"

/** Bytes that were received and are not visible to readers yet. */
type PutBytes = TakenIn & {
  /** Uploads them to the store's medium ahead of time; slow, and harmless if they are not kept. */
  send: () => Promise<void>
  /** Makes them available under their hash; the same bytes may exist already. */
  keep: () => Promise<void>
}

/** The bytes of files, deduplicated by hash. Knows nothing of people or names. */
export type Store = {
  put: (bytes: Bytes, maxBytes: number) => Promise<PutBytes>
  /** The bytes from `start` to `end`, both inclusive; all of them without a range. */
  open: (sha256: string, range?: Range) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  remove: (sha256: string) => Promise<void>
  /** Everything stored, in batches, with the time of the last write. */
  list: () => AsyncIterable<Stored[]>
  /** Claims the store for an installation; returns the one that claimed it first. */
  claim: (installation: string) => Promise<string>
}
export type Range = { start: number; end: number }
export type Stored = { sha256: string; storedAt: Date }

/** Validates a hash before it is used as a key or path. Throws when malformed, so that it cannot point elsewhere. */
export function checkHash(sha256: string): string {
  if (!isHash(sha256)) throw new Error("this is no hash")
  return sha256
}

export function isHash(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}
