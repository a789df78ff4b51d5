import { AppError } from "@/lib/base/errors"
import { newId } from "@/lib/base/id"
import type { Params } from "@/lib/base/json"
import { limits } from "@/lib/base/limits"
import { cursorAfter, formatCursor } from "@/lib/message/cursor"
import type { FilePart, Message, Part } from "@/lib/message/message"
import { noFacts } from "@/lib/message/no-facts"
import { request } from "../api"
import type { ConversationStore } from "./conversation-store"
import { readAnswer } from "./read-answer"
import { type BranchStretch, readBranch, type Wanted } from "./read-branch"

const firstPauseMs = 250
const maxPauseMs = 5_000

/** A question as the composer hands it over. `params` go by the model's id when several are asked. */
export type Outgoing = { text: string; files: readonly FilePart[]; params: Params }

/** Another answer to a question. */
export type Regeneration = {
  questionId: string
  model: string
  params: Params
  /** The cut answer whose words it goes on from. */
  continues?: string | undefined
}

/** The turns of one conversation as the browser sees them: asks, reads, comes back after a break. */
export class TurnClient {
  readonly #path: string
  readonly #store: ConversationStore
  /** Answers that are being read; the first response of a turn is read by whoever asked. */
  readonly #reading = new Set<string>()
  #isGone = true
  /** How often something was done here that the server may not know yet. */
  #deeds = 0
  #sending: Promise<unknown> = Promise.resolve()
  #presence = new AbortController()

  constructor(
    readonly id: string,
    store: ConversationStore,
  ) {
    this.#path = `/api/conversations/${id}`
    this.#store = store
  }

  /**
   * Asks a question below a message, the head unless said; several models answer side by side. Settles
   * as soon as the server has it, and reads on behind. Throws AppError when the server did not take it:
   * then nothing is left of it here.
   */
  async ask(
    { text, files, params }: Outgoing,
    models: readonly string[],
    parentId: string | null = this.#store.structure.headId,
  ): Promise<void> {
    const before = this.#store.structure.headId
    const parts: Part[] = [...files]
    if (text.trim() !== "") parts.push({ type: "text", text })
    const question = blank({ parentId, role: "user", parts, status: "complete" })
    const ids = models.map(() => newId())
    const comparison = models.length > 1 ? (ids[0] ?? null) : null
    const answers = models.map((model, index) =>
      answerTo(question.id, { id: ids[index] ?? newId(), model, comparison }),
    )
    this.#store.put([question, ...answers], answers[0]?.id ?? null)
    const body = { message: { id: question.id, parentId, parts }, models, params }
    await this.#speak(body, answers, () =>
      this.#store.remove([question.id, ...answers.map(({ id }) => id)], before),
    )
  }

  /** Has a question answered anew, or a cut answer continued; the answers there are stay as other versions. */
  async regenerate({ questionId, model, params, continues }: Regeneration): Promise<void> {
    const before = this.#store.structure.headId
    const parts = continues ? (this.#store.get(continues)?.parts ?? []) : []
    const answer = answerTo(questionId, { model, parts })
    this.#store.put([answer], answer.id)
    const message = { id: answer.id, parentId: questionId, parts: [] }
    const body = { message, models: [model], params, ...(continues && { continues }) }
    await this.#speak(body, [answer], () => this.#store.remove([answer.id], before))
  }

  /** Stops the answers that are shown; what is shown stays. */
  async stop(): Promise<void> {
    await this.#sending // what the server has not taken yet cannot be stopped there
    const running = this.#store.shownRunning()
    for (const id of running) this.#store.freeze(id)
    await Promise.all(running.map((id) => this.#stopOne(id)))
    this.follow()
  }

  async #stopOne(id: string): Promise<void> {
    const place = formatCursor(cursorAfter(this.#store.get(id)?.parts ?? []))
    try {
      await request(`${this.#path}/turn?message=${id}&after=${place}`, { method: "DELETE" })
    } catch (error) {
      this.#store.thaw(id)
      throw error
    }
  }

  /** Follows whatever is being written, until it has ended, through breaks of the connection. */
  follow(): void {
    if (this.#isGone) return
    for (const id of this.#store.running()) if (!this.#reading.has(id)) void this.#keepReading(id)
  }

  /** Whether a page shows this conversation. */
  get isHere(): boolean {
    return !this.#isGone
  }

  /** The page is gone; nothing is read any more. The answers go on without it. */
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
    this.follow()
  }

  /** Something is done here; what the server said of the time before does not count any more. */
  during<T>(work: Promise<T>): Promise<T> {
    this.#deeds += 1
    // Without the results: they would hang on each other, and every response of the page with them.
    this.#sending = Promise.allSettled([this.#sending, work]).then(() => undefined)
    return work
  }

  /** Takes over what the server has, and which branch it shows. */
  async reload(): Promise<void> {
    await this.#sending
    const deeds = this.#deeds
    const { messages, headId } = await this.#read({})
    if (deeds !== this.#deeds) return // the news of what was done meanwhile bring us here again
    this.#store.put(messages, headId)
    this.follow()
  }

  /** Reads what is above the messages that are here; returns how to put it there, null when there is nothing. */
  async readEarlier(count: number = limits.messagesPerPage): Promise<(() => void) | null> {
    const end = this.#store.above()
    if (end === null) return null
    const { messages } = await this.#read({ end, count })
    return this.#store.above() === end ? () => this.#store.put(messages) : null
  }

  /** Shows the branch through a message, wherever it is; returns its head. */
  async showThrough(id: string): Promise<string | null> {
    const before = this.#store.structure.headId
    const { messages, headId } = await this.#read({ through: id })
    // Meanwhile something else may have been chosen or asked.
    if (this.#store.structure.headId !== before) return null
    this.#store.put(messages, headId)
    this.follow()
    return headId
  }

  async #read(wanted: Wanted): Promise<BranchStretch> {
    const branch = await readBranch(this.id, wanted)
    for (const [id, name] of Object.entries(branch.modelNames)) this.#store.modelNames.set(id, name)
    return branch
  }

  async #speak(body: object, answers: readonly Message[], takeBack: () => void): Promise<void> {
    const ids = answers.map(({ id }) => id)
    const [first = ""] = ids
    for (const id of ids) this.#reading.add(id)
    let response: Response
    try {
      response = await this.during(this.#send({ ...body, answers: ids }))
    } catch (error) {
      for (const id of ids) this.#reading.delete(id)
      takeBack()
      throw error
    }
    for (const id of ids.slice(1)) void this.#keepReading(id)
    void this.#keepReading(first, response)
  }

  async #send(body: object): Promise<Response> {
    for (const pauseMs of [500, 1_500, null]) {
      try {
        return await request(`${this.#path}/turn`, { method: "POST", body })
      } catch (error) {
        // Silence is not a no: the server may have it, and takes the same ids only once.
        const isSilence = error instanceof AppError && error.cause !== undefined
        if (pauseMs === null || !isSilence) throw error
        await pause(pauseMs)
      }
    }
    throw new AppError("unavailable")
  }

  /** Reads an answer until it has ended, coming back after each break at the place where it was. */
  async #keepReading(id: string, response?: Response): Promise<void> {
    this.#reading.add(id)
    let next = response
    let pauseMs = firstPauseMs
    while (this.#isOpen(id)) {
      try {
        const from = next ? [] : (this.#store.get(id)?.parts ?? [])
        next ??= await request(
          `${this.#path}/turn?message=${id}&after=${formatCursor(cursorAfter(from))}`,
        )
        if (next.status === 204) this.#store.put((await this.#read({ end: id, count: 1 })).messages)
        else await readAnswer(next, { id, from, store: this.#store, signal: this.#presence.signal })
        pauseMs = firstPauseMs
      } catch (error) {
        // Otherwise the connection broke; the answer did not.
        if (error instanceof AppError && [401, 404].includes(error.status)) this.giveUp(error)
      }
      next = undefined
      if (!this.#isOpen(id)) break
      await pause(pauseMs)
      pauseMs = Math.min(maxPauseMs, pauseMs * 2)
    }
    this.#reading.delete(id)
  }

  #isOpen(id: string): boolean {
    return !this.#isGone && this.#store.get(id)?.status === "running"
  }

  /** Deleted or signed out elsewhere: nothing will come any more, and the reader is told why. */
  giveUp({ code, message }: AppError): void {
    for (const id of this.#store.running()) {
      this.#store.update(id, { status: "interrupted", error: { code, message } })
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function answerTo(parentId: string, rest: Pick<Message, "model"> & Partial<Message>): Message {
  return blank({ parentId, role: "assistant", status: "running", ...rest })
}

function blank(message: Pick<Message, "parentId" | "role" | "status"> & Partial<Message>): Message {
  return {
    id: newId(),
    parts: [],
    model: null,
    comparison: null,
    error: null,
    createdAt: new Date().toISOString(),
    ...noFacts,
    ...message,
  }
}
