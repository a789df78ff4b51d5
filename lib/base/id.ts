const pool = new Uint8Array(1_024)
let used = pool.length
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

/**
 * A new unguessable id: 128 random bits as 32 hexadecimal digits. Runs in browser and server. Random bits
 * are fetched for many at once: the framework watches each fetch, which takes longer than the fetch.
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
