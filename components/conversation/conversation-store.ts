import type { Message, Part } from "@/lib/message/message"
import { headBelow, pathTo, versionsByParent } from "@/lib/message/tree"

/** What changes rarely: which messages there are and which branch is shown. */
export type Structure = {
  /** In order of creation. */
  nodes: readonly { id: string; parentId: string | null; role: Message["role"] }[]
  headId: string | null
  /** Something that is shown is being written. */
  isRunning: boolean
  /** The branch that is shown began before the messages that are here. */
  hasEarlier: boolean
}

/**
 * The messages of one conversation in the browser, as far as they were read: the end of a branch first,
 * what is above it as it is wanted, and of each message all versions. The structure and each message are watched apart, so
 * that words that stream in touch nothing but the message that they belong to.
 */
export class ConversationStore {
  #messages = new Map<string, Message>()
  #frozen = new Set<string>()
  #versions = new Map<string | null, string[]>()
  #structure: Structure
  #watchers = new Map<string, Set<() => void>>()
  /** How the models are called, by id. */
  readonly modelNames = new Map<string, string>()

  constructor(messages: readonly Message[], headId: string | null) {
    for (const message of messages) this.#messages.set(message.id, message)
    this.#structure = this.#makeStructure(headId)
  }

  get structure(): Structure {
    return this.#structure
  }

  get(id: string): Message | undefined {
    return this.#messages.get(id)
  }

  /** The ids of the branch that is shown, from the first question on. */
  path(): string[] {
    return pathTo(this.#structure.nodes, this.#structure.headId).map((node) => node.id)
  }

  /** All answers that are being written. */
  running(): string[] {
    return [...this.#messages.values()].filter(isRunning).map(({ id }) => id)
  }

  /** Those of them that are on the screen: on the branch that is shown, or compared with its end. */
  shownRunning(): string[] {
    return this.#shown(this.#structure.headId)
      .filter(isRunning)
      .map(({ id }) => id)
  }

  /** The answers that stand side by side with this one until one of them is picked, itself included. */
  compared(id: string): string[] {
    const message = this.#messages.get(id)
    if (!message?.comparison) return [id]
    return this.versions(id).filter(
      (other) => this.#messages.get(other)?.comparison === message.comparison,
    )
  }

  /** The message above the first one that is here; null at the root. */
  above(): string | null {
    const [first] = this.path()
    return (first && this.#messages.get(first)?.parentId) ?? null
  }

  /** Calls back when the message with this id changes, or, for "structure", when the tree does. */
  watch(what: string, callback: () => void): () => void {
    const watchers = this.#watchers.get(what) ?? new Set()
    this.#watchers.set(what, watchers.add(callback))
    return () => watchers.delete(callback)
  }

  /** Adds messages or replaces them, and shows the branch that ends in `headId`. */
  put(messages: readonly Message[], headId: string | null = this.#structure.headId): void {
    for (const message of messages) {
      this.#messages.set(message.id, message)
      this.#tell(message.id)
    }
    this.#restructure(headId)
  }

  /** Changes one message: more words, another state. */
  update(id: string, change: Partial<Message>): void {
    const message = this.#messages.get(id)
    if (!message) return
    this.#messages.set(id, { ...message, ...change })
    this.#tell(id)
    if (change.status && change.status !== message.status) this.#restructure(this.#structure.headId)
  }

  /** More words of an answer, unless they are stopped here. What is shown never shrinks. */
  grow(id: string, parts: readonly Part[]): void {
    const message = this.#messages.get(id)
    if (!message || this.#frozen.has(id) || lengthOf(parts) < lengthOf(message.parts)) return
    this.update(id, { parts: [...parts] })
  }

  /** Shows no more words of an answer: it is being stopped. */
  freeze(id: string): void {
    this.#frozen.add(id)
  }

  thaw(id: string): void {
    this.#frozen.delete(id)
  }

  /** Takes back what the server did not accept. */
  remove(ids: readonly string[], headId: string | null): void {
    for (const id of ids) this.#messages.delete(id)
    this.#restructure(headId)
  }

  /** Shows the branch through another version of a message; returns its head. A pick ends a comparison. */
  choose(id: string, isPick = false): string {
    if (isPick) for (const each of this.compared(id)) this.update(each, { comparison: null })
    const headId = headBelow(this.#structure.nodes, id)
    this.#restructure(headId)
    return headId
  }

  /** The versions of a message, by id, in order of creation. */
  versions(id: string): string[] {
    const message = this.#messages.get(id)
    return message ? (this.#versions.get(message.parentId) ?? []) : []
  }

  #restructure(headId: string | null): void {
    this.#structure = this.#makeStructure(headId)
    this.#tell("structure")
  }

  #makeStructure(headId: string | null): Structure {
    const messages = [...this.#messages.values()]
    this.#versions = versionsByParent(messages)
    const [first] = pathTo(messages, headId)
    return {
      nodes: messages.map(({ id, parentId, role }) => ({ id, parentId, role })),
      headId,
      isRunning: this.#shown(headId).some(isRunning),
      hasEarlier: first !== undefined && first.parentId !== null,
    }
  }

  #shown(headId: string | null): Message[] {
    const all = [...this.#messages.values()]
    const ids = pathTo(all, headId).map(({ id }) => id)
    const compared = headId === null ? [] : this.compared(headId)
    return [...new Set([...ids, ...compared])].flatMap((id) => this.#messages.get(id) ?? [])
  }

  #tell(what: string): void {
    for (const callback of this.#watchers.get(what) ?? []) callback()
  }
}

function isRunning(message: Message): boolean {
  return message.status === "running"
}

/** How much there is to see: parts and letters. */
function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + 1 + ("text" in part ? part.text.length : 0), 0)
}
