import { z } from "zod"
import { AppError } from "../errors"
import { newId } from "../id"
import { type Catalogue, createCatalogue, type KeptCatalogue } from "./catalogue"
import { type ChatEvent, type ChatRequest, createChat } from "./chat"

export type AimlOptions = {
  /** With or without a trailing /v1; any OpenAI-compatible address. */
  baseUrl: string
  /** Without one a placeholder is sent: the simulator and local servers take any. */
  apiKey?: string | undefined
  fetch?: typeof fetch
  /** Where the last good catalogue survives a restart. */
  kept?: KeptCatalogue
  onCatalogueError?: (error: unknown) => void
}

/** The upstream in its own words. Knows no user and no database. */
export type Aiml = {
  catalogue: Catalogue
  chat(request: ChatRequest): AsyncIterable<ChatEvent>
}

export function createAiml(options: AimlOptions): Aiml {
  const baseUrl = `${options.baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`
  const apiKey = options.apiKey ?? "demo"
  const send = tracedFetch(options.fetch ?? fetch)
  return {
    catalogue: createCatalogue({
      url: `${baseUrl}/models?include=all`,
      apiKey,
      fetch: send,
      kept: options.kept,
      onError: options.onCatalogueError,
    }),
    chat: createChat({ baseUrl, apiKey, fetch: send }),
  }
}

/** Bytes of one line of a stream; a longer one is an attack or a defect. */
const maxLineBytes = 2_000_000
const requestIdSchema = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/)

/**
 * Sends our own request id with every request (a caller's is kept), follows no redirect (neither key
 * nor body may go elsewhere) and refuses lines of absurd length.
 */
function tracedFetch(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    const ours = requestIdSchema.safeParse(headers.get("x-client-request-id"))
    headers.set("x-client-request-id", ours.success ? ours.data : newId())
    const response = await inner(input, { ...init, headers, redirect: "manual" })
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel()
      throw new AppError("service_unavailable")
    }
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream")
    if (!response.body || !isStream) return response
    const { status, statusText } = response
    return new Response(limitLines(response.body), {
      status,
      statusText,
      headers: response.headers,
    })
  }
}

function limitLines(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let lineBytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        const newline = bytes.lastIndexOf(10)
        lineBytes = newline < 0 ? lineBytes + bytes.length : bytes.length - newline
        if (lineBytes > maxLineBytes) controller.error(new AppError("model_flooded"))
        else controller.enqueue(bytes)
      },
    }),
  )
}
