import type { APIRequestContext } from "@playwright/test"

type Logged = {
  valid?: boolean
  validationErrors: { path: string; message: string }[]
  status?: number
  body: {
    model?: string
    messages?: { role: string; content: string }[]
    max_tokens?: number
  } | null
  method: string
  headers: Record<string, string>
  startedAt: string
  closedByClientAt?: string
  finishedAt?: string
  chunksSent: number
  textSent: string
}

/** Tells the simulator how to behave for questions that contain `match`, and reads what it was asked. */
export class Simulator {
  constructor(
    readonly url: string,
    private readonly request: APIRequestContext,
  ) {}

  async rule(match: string, rule: { name: string; [option: string]: unknown }): Promise<void> {
    const response = await this.request.post(`${this.url}/_simulator/scenarios`, {
      data: { match, ...rule },
    })
    if (!response.ok()) throw new Error(await response.text())
  }

  /** The requests whose last question contains `match`, oldest first. */
  async requests(match: string): Promise<Logged[]> {
    const path = `${this.url}/_simulator/requests?match=${encodeURIComponent(match)}`
    return (await (await this.request.get(path)).json()).data
  }
}
