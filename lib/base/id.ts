const pool = new Uint8Array(1_024)
let used = pool.length
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

/**
 * Returns a new unguessable id: 128 random bits as 32 hex digits. Works in browser and server. Random bytes are
 * drawn in batches because the framework instruments every call to the generator, which costs more than the call.
 */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  let id = ""
  for (const byte of pool.subarray(used, used + 16)) id += hex[byte]
  used += 16
  return id
}
