import "server-only"

/**
 * Node's own fetch. The framework wraps the global one in a cache that is not used here and costs more than the
 * call itself.
 */
export const plainFetch: typeof fetch = (input, init) => {
  const own: unknown = Reflect.get(globalThis.fetch, "_nextOriginalFetch")
  return typeof own === "function" ? own(input, init) : fetch(input, init)
}
