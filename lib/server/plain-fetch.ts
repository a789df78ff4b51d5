import "server-only"

/**
 * Node's own fetch. The framework puts a cache around the global one, which nothing here uses and which
 * costs each call more than the call itself.
 */
export const plainFetch: typeof fetch = (input, init) => {
  const own: unknown = Reflect.get(globalThis.fetch, "_nextOriginalFetch")
  return typeof own === "function" ? own(input, init) : fetch(input, init)
}
