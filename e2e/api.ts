import type { APIRequestContext, APIResponse } from "@playwright/test"
import { newId } from "@/lib/base/id"
import type { Message } from "@/lib/message/message"
import { sameOrigin } from "./people"

type Turn = {
  message?: Partial<{ id: string; parentId: string | null; parts: object[] }>
  model?: string
}

/** Calls to our routes as a signed-in browser makes them. */
export class Api {
  readonly model = "openai/gpt-4o"

  constructor(
    private readonly request: APIRequestContext,
    private readonly headers = sameOrigin,
  ) {}

  send(method: string, path: string, data?: unknown): Promise<APIResponse> {
    return this.request.fetch(path, {
      method,
      headers: this.headers,
      ...(data === undefined ? {} : { data: data as object }),
    })
  }

  /** Sends a question and waits until the stream of its answer has ended. */
  turn(conversationId: string, text: string, { message, model }: Turn = {}): Promise<APIResponse> {
    const parts = [{ type: "text", text }]
    return this.send("POST", `/api/conversations/${conversationId}/turn`, {
      message: { id: newId(), parentId: null, parts, ...message },
      models: [model ?? this.model],
    })
  }

  /** Has something made; gives the id of its generation. */
  async generation({ model, text }: { model: string; text: string }): Promise<string> {
    const response = await this.send("POST", "/api/generations", { model, inputs: { text } })
    if (response.status() !== 202) throw new Error(await response.text())
    return (await response.json()).id
  }

  async conversation(id: string): Promise<{ title: string; headId: string; messages: Message[] }> {
    return (await this.send("GET", `/api/conversations/${id}`)).json()
  }

  /** The last message of a conversation. */
  async last(id: string): Promise<Message> {
    const message = (await this.conversation(id)).messages.at(-1)
    if (!message) throw new Error("the conversation is empty")
    return message
  }
}
