import { test as base } from "@playwright/test"
import { z } from "zod"
import { startSimulator } from "./server"

const chunkSchema = z.looseObject({
  id: z.string().optional(),
  model: z.string().optional(),
  choices: z
    .array(
      z.looseObject({
        delta: z
          .looseObject({ content: z.string().nullish(), role: z.string().optional() })
          .optional(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: z.looseObject({ completion_tokens: z.number(), prompt_tokens: z.number() }).nullish(),
  meta: z
    .object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) })
    .optional(),
})
export type Chunk = z.infer<typeof chunkSchema>

const completionSchema = z.looseObject({
  model: z.string(),
  choices: z.tuple([
    z.looseObject({
      message: z.looseObject({ content: z.string().nullable() }),
      finish_reason: z.string(),
    }),
  ]),
  usage: z.looseObject({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    total_tokens: z.number(),
  }),
  meta: z.object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) }),
})

const logSchema = z.object({
  data: z.array(
    z.looseObject({
      status: z.number().optional(),
      valid: z.boolean().optional(),
      chunksSent: z.number(),
      textSent: z.string(),
      closedByClientAt: z.string().optional(),
      finishedAt: z.string().optional(),
      firstByteAt: z.string().optional(),
      headers: z.record(z.string(), z.string()),
      validationErrors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ),
})

/** The chunks of a stream, `[DONE]` and comments left out. */
export function chunksOf(stream: string): Chunk[] {
  return stream
    .split("\n\n")
    .filter((event) => event.startsWith("data: ") && event !== "data: [DONE]")
    .map((event) => chunkSchema.parse(JSON.parse(event.slice(6))))
}

/** The visible text of a stream. */
export function textOfChunks(chunks: Chunk[]): string {
  return chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? "").join("")
}

/** A client for one simulator. */
export class Client {
  constructor(readonly url: string) {}

  post(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      body: JSON.stringify(body),
      ...init,
      headers: {
        authorization: "Bearer test-key",
        "content-type": "application/json",
        ...init.headers,
      },
    })
  }

  /** Asks one question, or sends a whole body. */
  chat(
    model: string,
    prompt: string,
    more: object = {},
    init: RequestInit = {},
  ): Promise<Response> {
    const messages = [{ role: "user", content: prompt }]
    return this.post("/v1/chat/completions", { model, messages, ...more }, init)
  }

  async stream(model: string, prompt: string, more: object = {}): Promise<Chunk[]> {
    const response = await this.chat(model, prompt, { stream: true, ...more })
    return chunksOf(await response.text())
  }

  async complete(model: string, prompt: string, more: object = {}) {
    const response = await this.chat(model, prompt, more)
    return completionSchema.parse(await response.json())
  }

  async rule(rule: object): Promise<string> {
    const response = await this.post("/_simulator/scenarios", rule)
    return z.object({ id: z.string() }).parse(await response.json()).id
  }

  async log(match: string) {
    const response = await fetch(
      `${this.url}/_simulator/requests?match=${encodeURIComponent(match)}`,
    )
    return logSchema.parse(await response.json()).data
  }
}

/** A test with a simulator of its own that answers as fast as it can. */
export const test = base.extend<{ client: Client }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from this pattern
  client: async ({}, use) => {
    const simulator = await startSimulator()
    const client = new Client(simulator.url)
    await client.rule({ match: "", name: "speed", tokensPerSecond: 1_000_000, delayMs: 0 })
    await use(client)
    await simulator.close()
  },
})
