/** The fields that place a message in the tree. Lists are in order of creation. */
export type Node = { id: string; parentId: string | null }

/** The messages from the root to `headId`, in reading order; empty if `headId` is unknown. */
export function pathTo<T extends Node>(messages: readonly T[], headId: string | null): T[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const path: T[] = []
  for (let id = headId; id !== null; ) {
    const message = byId.get(id)
    if (!message) break
    byId.delete(id) // guards against an endless loop if the data had a cycle
    path.push(message)
    id = message.parentId
  }
  return path.reverse()
}

/** The ids of the versions that stand below each message, in order of creation; below null, the first questions. */
export function versionsByParent(messages: readonly Node[]): Map<string | null, string[]> {
  const versions = new Map<string | null, string[]>()
  for (const { id, parentId } of messages) {
    const known = versions.get(parentId)
    if (known) known.push(id)
    else versions.set(parentId, [id])
  }
  return versions
}

/** The newest leaf below a message: the head of the branch through it. */
export function headBelow(messages: readonly Node[], id: string): string {
  const newestChild = new Map<string, string>()
  for (const message of messages) {
    if (message.parentId !== null) newestChild.set(message.parentId, message.id)
  }
  const seen = new Set<string>()
  let head = id
  for (let next = newestChild.get(head); next !== undefined && !seen.has(next); ) {
    seen.add(next)
    head = next
    next = newestChild.get(head)
  }
  return head
}
