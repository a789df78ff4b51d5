/**
 * One value per process, stored under `name`. Module scope is not enough because the framework may load a module
 * several times (routes, pages, instrumentation, hot reload).
 */
export function processWide<T>(name: string, make: () => T): T {
  const store = globalThis as { [key: symbol]: unknown } // the symbols are ours, so the keys are known
  const key = Symbol.for(`polylogue.${name}`)
  store[key] ??= make()
  return store[key] as T // only this function writes the key, with this name's type
}
