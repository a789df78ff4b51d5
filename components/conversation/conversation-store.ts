import type { Message } from "@/lib/message"
import { headBelow, pathTo, siblings } from "@/lib/tree"

/** What changes rarely: which messages there are and which branch is shown. */
export type Structure = {
  /** In order of creation. */
  nodes: readonly { id: string; parentId: string | null; role: Message["role"] }[]
  headId: string | null
  isRunning: boolean
}

/**
 * The messages of one conversation in the browser. The structure and each message are watched apart, so
 * that words that stream in touch nothing but the message that they belong to.
 */
export class ConversationStore {
  #messages = new Map<string, Message>()
  #structure: Structure
  #watchers = new Map<string, Set<() => void>>()

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

  /** Gives a message the id that the server chose for it. */
  rename(from: string, to: string): void {
    const message = this.#messages.get(from)
    if (!message || from === to) return
    this.#messages = new Map(
      [...this.#messages].map(([id, kept]) =>
        id === from ? [to, { ...kept, id: to }] : [id, kept],
      ),
    )
    this.#restructure(this.#structure.headId === from ? to : this.#structure.headId)
  }

  /** Takes back what the server did not accept. */
  remove(ids: readonly string[], headId: string | null): void {
    for (const id of ids) this.#messages.delete(id)
    this.#restructure(headId)
  }

  /** Shows the branch through another version of a message; returns its head. */
  choose(id: string): string {
    const headId = headBelow(this.#structure.nodes, id)
    this.#restructure(headId)
    return headId
  }

  /** The versions of a message, by id, in order of creation. */
  versions(id: string): string[] {
    const message = this.#messages.get(id)
    return message ? siblings(this.#structure.nodes, message).map((node) => node.id) : []
  }

  #restructure(headId: string | null): void {
    this.#structure = this.#makeStructure(headId)
    this.#tell("structure")
  }

  #makeStructure(headId: string | null): Structure {
    const messages = [...this.#messages.values()]
    return {
      nodes: messages.map(({ id, parentId, role }) => ({ id, parentId, role })),
      headId,
      isRunning: messages.some((message) => message.status === "running"),
    }
  }

  #tell(what: string): void {
    for (const callback of this.#watchers.get(what) ?? []) callback()
  }
}
