// What a person set, by model, kept in the browser. Small on purpose: the first page needs only the count.

const watchers = new Set<() => void>()

export function paramsKey(userId: string, modelId: string): string {
  return `params:${userId}:${modelId}`
}

export function slotsKey(userId: string): string {
  return `slots:${userId}`
}

export function watchRemembered(callback: () => void): () => void {
  watchers.add(callback)
  return () => watchers.delete(callback)
}

/** What is kept under a key; nothing for what cannot be read. */
export function readRemembered(key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "{}")
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

export function remember(key: string, values: object): void {
  if (Object.keys(values).length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(values))
  for (const callback of watchers) callback()
}

/** How many settings of a model a person changed. */
export function countRemembered(userId: string, modelId: string | null): number {
  return modelId === null ? 0 : Object.keys(readRemembered(paramsKey(userId, modelId))).length
}
