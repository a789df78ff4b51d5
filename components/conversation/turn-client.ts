import { AppError } from "@/lib/errors"
import type { Params } from "@/lib/fields"
import { newId } from "@/lib/id"
import type { FilePart, Message, Part } from "@/lib/message"
import { applyChunk } from "@/lib/parts"
import { request, requestJson } from "../api"
import type { ConversationStore } from "./conversation-store"
import { onceAFrame } from "./frame"
import { readStream } from "./read-stream"

const maxPauseMs = 5_000

/** A question as the composer hands it over. */
export type Outgoing = { text: string; files: readonly FilePart[]; params: Params }

/** The turns of one conversation as the browser sees them: asks, reads, comes back after a break. */
export class TurnClient {
  readonly #path: string
  readonly #store: ConversationStore
  #isReading = false
  #isGone = true
  #sending: Promise<unknown> = Promise.resolve()
  #presence = new AbortController()
  #unnamedId: string | null = null

  constructor(
    readonly id: string,
    store: ConversationStore,
  ) {
    this.#path = `/api/conversations/${id}`
    this.#store = store
  }

  /**
   * Asks a question below the head; settles as soon as the server has it, and reads on behind. Throws
   * AppError when the server did not take it: then nothing is left of it here.
   */
  async ask({ text, files, params }: Outgoing, model: string): Promise<void> {
    const parentId = this.#store.structure.headId
    const parts: Part[] = [...files]
    if (text.trim() !== "") parts.push({ type: "text", text })
    const question = blank({ parentId, role: "user", parts, status: "complete" })
    const answer = blank({ parentId: question.id, role: "assistant", status: "running", model })
    this.#store.put([question, answer], answer.id)
    const message = { id: question.id, parentId, parts }
    await this.#speak({ message, model, params, answer }, () =>
      this.#store.remove([question.id, answer.id], parentId),
    )
  }

  /** Has a question answered anew; the answers there are stay as other versions. */
  async regenerate(questionId: string, model: string, params: Params): Promise<void> {
    const before = this.#store.structure.headId
    const answer = blank({ parentId: questionId, role: "assistant", status: "running", model })
    this.#store.put([answer], answer.id)
    const message = { id: answer.id, parentId: questionId, parts: [] }
    await this.#speak({ message, model, params, answer }, () =>
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
          if (response.status === 204) await this.reload()
          else await this.#read(response)
          pauseMs = 250
        } catch (error) {
          if (error instanceof AppError && [401, 404].includes(error.status)) {
            return this.#giveUp(error)
          }
        }
        if (!this.#store.structure.isRunning) return
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        pauseMs = Math.min(maxPauseMs, pauseMs * 2)
      }
    } finally {
      this.#isReading = false
    }
  }

  /** Whether a page shows this conversation. */
  get isHere(): boolean {
    return !this.#isGone
  }

  /** The page is gone; nothing is read any more. The answer goes on without it. */
  leave(): void {
    this.#isGone = true
    // Not at once: the page that takes over may enter in the same moment.
    setTimeout(() => this.#isGone && this.#presence.abort())
  }

  /** The page is there (again, in development it mounts twice). */
  enter(): void {
    this.#isGone = false
    if (this.#presence.signal.aborted) this.#presence = new AbortController()
  }

  /** The network is back: a connection from before may be dead without knowing it. */
  reconnect(): void {
    this.#presence.abort()
    this.#presence = new AbortController()
    void this.follow()
  }

  async #speak(
    turn: {
      message: { id: string; parentId: string | null; parts: Part[] }
      model: string
      params: Params
      answer: Message
    },
    takeBack: () => void,
  ): Promise<void> {
    let response: Response
    this.#isReading = true
    try {
      const { message, model, params } = turn
      const sending = this.#send({ message, models: [model], params })
      this.#sending = sending.catch(() => undefined)
      response = await sending
    } catch (error) {
      this.#isReading = false
      takeBack()
      throw error
    }
    this.#unnamedId = turn.answer.id
    void this.#read(response)
      .catch(() => undefined) // the connection broke, the answer did not: it is followed below
      .finally(() => {
        this.#isReading = false
        return this.follow()
      })
  }

  async #send(body: object): Promise<Response> {
    for (const pauseMs of [500, 1_500, null]) {
      try {
        return await request(`${this.#path}/turn`, { method: "POST", body })
      } catch (error) {
        // Silence is not a no: the server may have it, and takes the same ids only once.
        const isSilence = error instanceof AppError && error.cause !== undefined
        if (pauseMs === null || !isSilence) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
    throw new AppError("unavailable")
  }

  async #read(response: Response): Promise<void> {
    let id = ""
    let parts: readonly Part[] = []
    const frame = onceAFrame(() => this.#store.update(id, { parts: [...parts] }))
    for await (const chunk of readStream(response, this.#presence.signal)) {
      if (this.#isGone) return
      if (chunk.type === "start" && chunk.messageId) {
        if (this.#unnamedId) this.#store.rename(this.#unnamedId, chunk.messageId)
        this.#unnamedId = null
        id = chunk.messageId
      } else if (chunk.type === "finish") {
        frame.flush()
        this.#store.update(id, chunk.messageMetadata ?? {})
      } else {
        const before = parts
        parts = applyChunk(parts, chunk)
        // An empty new part shows nothing; the words before a break must not vanish for it.
        const shows = chunk.type.endsWith("-delta") || chunk.type === "data-part"
        if (parts !== before && shows) frame.request()
      }
    }
    frame.flush()
  }

  // Deleted or signed out elsewhere: nothing will come any more, and the reader is told why.
  #giveUp({ code, message }: AppError): void {
    for (const { id } of this.#store.structure.nodes) {
      if (this.#store.get(id)?.status !== "running") continue
      this.#store.update(id, { status: "interrupted", error: { code, message } })
    }
  }

  /** Takes over what the server has, and which branch it shows. */
  async reload(): Promise<void> {
    const { messages, headId } = await requestJson<{ messages: Message[]; headId: string | null }>(
      this.#path,
    )
    if (this.#unnamedId) this.#store.remove([this.#unnamedId], headId)
    this.#unnamedId = null
    this.#store.put(messages, headId)
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
    units: null,
    costUsd: null,
    upstreamId: null,
    createdAt: new Date().toISOString(),
    firstTokenMs: null,
    totalMs: null,
    ...message,
  }
}
