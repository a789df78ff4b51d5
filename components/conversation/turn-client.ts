import { AppError } from "@/lib/errors"
import { newId } from "@/lib/id"
import type { Message, Part } from "@/lib/message"
import { applyChunk } from "@/lib/parts"
import { request, requestJson } from "../api"
import type { ConversationStore } from "./conversation-store"
import { onceAFrame } from "./frame"
import { readStream } from "./read-stream"

const maxPauseMs = 5_000

/** The turns of one conversation as the browser sees them: asks, reads, comes back after a break. */
export class TurnClient {
  readonly #path: string
  readonly #store: ConversationStore
  #isReading = false
  #isGone = false
  #sending: Promise<unknown> = Promise.resolve()

  constructor(
    readonly id: string,
    store: ConversationStore,
  ) {
    this.#path = `/api/conversations/${id}`
    this.#store = store
  }

  /**
   * Asks a question below the head; settles when the answer has ended. `onAccepted` comes as soon as the
   * server has it. Throws AppError when it did not take it: then nothing is left of it here.
   */
  async ask(text: string, model: string, onAccepted: () => void): Promise<void> {
    const parentId = this.#store.structure.headId
    const parts: Part[] = [{ type: "text", text }]
    const question = blank({ parentId, role: "user", parts, status: "complete" })
    const answer = blank({ parentId: question.id, role: "assistant", status: "running", model })
    this.#store.put([question, answer], answer.id)
    await this.#speak(
      { message: { id: question.id, parentId, parts }, model, answer, onAccepted },
      () => this.#store.remove([question.id, answer.id], parentId),
    )
  }

  /** Has a question answered anew; the answers there are stay as other versions. */
  async regenerate(questionId: string, model: string): Promise<void> {
    const before = this.#store.structure.headId
    const answer = blank({ parentId: questionId, role: "assistant", status: "running", model })
    this.#store.put([answer], answer.id)
    const message = { id: answer.id, parentId: questionId, parts: [] }
    await this.#speak({ message, model, answer, onAccepted: () => undefined }, () =>
      this.#store.remove([answer.id], before),
    )
  }

  /** Stops the answer; what is shown stays. */
  async stop(): Promise<void> {
    await this.#sending // what the server has not taken yet cannot be stopped there
    await request(`${this.#path}/turn`, { method: "DELETE" })
    void this.follow()
  }

  /** Follows whatever is being written, until it has ended, through breaks of the connection. */
  async follow(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    let pauseMs = 250
    try {
      while (this.#store.structure.isRunning && !this.#isGone) {
        try {
          const response = await request(`${this.#path}/turn`)
          if (response.status === 204) await this.#reload()
          else await this.#read(response)
          pauseMs = 250
        } catch (error) {
          if (error instanceof AppError && [401, 404].includes(error.status)) throw error
        }
        if (!this.#store.structure.isRunning) return
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        pauseMs = Math.min(maxPauseMs, pauseMs * 2)
      }
    } finally {
      this.#isReading = false
    }
  }

  /** The page is gone; nothing is read any more. The answer goes on without it. */
  leave(): void {
    this.#isGone = true
  }

  /** The page is there (again, in development it mounts twice). */
  enter(): void {
    this.#isGone = false
  }

  async #speak(
    turn: {
      message: { id: string; parentId: string | null; parts: Part[] }
      model: string
      answer: Message
      onAccepted: () => void
    },
    takeBack: () => void,
  ): Promise<void> {
    let response: Response
    this.#isReading = true
    try {
      const sending = request(`${this.#path}/turn`, {
        method: "POST",
        body: { message: turn.message, models: [turn.model] },
      })
      this.#sending = sending.catch(() => undefined)
      response = await sending
    } catch (error) {
      this.#isReading = false
      takeBack()
      throw error
    }
    turn.onAccepted()
    await this.#read(response, turn.answer.id)
      .catch(() => undefined) // the connection broke, the answer did not: it is followed below
      .finally(() => {
        this.#isReading = false
      })
    await this.follow()
  }

  async #read(response: Response, placeholderId?: string): Promise<void> {
    let id = placeholderId ?? ""
    let parts: readonly Part[] = []
    const frame = onceAFrame(() => this.#store.update(id, { parts: [...parts] }))
    for await (const chunk of readStream(response)) {
      if (this.#isGone) return
      if (chunk.type === "start" && chunk.messageId) {
        if (placeholderId) this.#store.rename(placeholderId, chunk.messageId)
        id = chunk.messageId
      } else if (chunk.type === "finish") {
        frame.flush()
        this.#store.update(id, chunk.messageMetadata ?? {})
      } else {
        const before = parts
        parts = applyChunk(parts, chunk)
        // An empty new part shows nothing; the words before a break must not vanish for it.
        if (parts !== before && chunk.type.endsWith("-delta")) frame.request()
      }
    }
    frame.flush()
  }

  async #reload(): Promise<void> {
    const { messages } = await requestJson<{ messages: Message[] }>(this.#path)
    this.#store.put(messages)
  }
}

function blank(message: Pick<Message, "parentId" | "role" | "status"> & Partial<Message>): Message {
  return {
    id: newId(),
    parts: [],
    model: null,
    error: null,
    finishReason: null,
    usage: null,
    costUsd: null,
    upstreamId: null,
    createdAt: new Date().toISOString(),
    firstTokenMs: null,
    totalMs: null,
    ...message,
  }
}
