/**
 * A value of which a process has one, under `name`. Module scope is not enough: the framework may load
 * a module more than once (routes, pages, instrumentation, hot reload).
 */
export function processWide<T>(name: string, make: () => T): T {
  const store = globalThis as { [key: symbol]: unknown } // ours by the symbol's name
  const key = Symbol.for(`polylogue.${name}`)
  store[key] ??= make()
  return store[key] as T // only this function writes under the key, with this name's type
}
