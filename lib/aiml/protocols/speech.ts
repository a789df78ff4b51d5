import { AppError } from "../../base/errors"
import { readFacts } from "../facts"
import { send } from "../http/upstream"
import { readMedia } from "../media/media-result"
import type { MediaProtocol, Output } from "../protocol"
import { orEmpty } from "./outputs"

/** Text read aloud. The same address answers with sound or with JSON that says where the sound is. */
export const speech: MediaProtocol = {
  name: "speech",
  path: /\/tts$/,
  address: "/v1/tts",
  reading: { texts: ["text", "script", "input"], files: "audio", label: "Text" },
  plain: {
    type: "object",
    properties: { model: { type: "string" }, text: { type: "string" }, voice: { type: "string" } },
    required: ["model", "text"],
  },
  async start(upstream, { path, body, ...context }) {
    const response = await send(upstream, { method: "POST", path, body, ...context })
    const text = [body.text, body.script, body.input].find((value) => typeof value === "string")
    const characters = typeof text === "string" ? [...text].length : 0
    const spoken: Record<string, number> = characters > 0 ? { characters } : {}
    const mediaType = response.headers.get("content-type")?.split(";")[0] ?? ""
    if (!mediaType.includes("json")) {
      const outputs = [await soundOf(response, mediaType)]
      const facts = readFacts(null, response.headers)
      return { state: "done", outputs, facts: { ...facts, units: spoken } }
    }
    const json: unknown = await response.json().catch(() => {
      throw new AppError("model_garbled")
    })
    const outputs = orEmpty(readMedia(json, "audio"), response.headers)
    const facts = readFacts(json, response.headers)
    return { state: "done", outputs, facts: { ...facts, units: { ...spoken, ...facts.units } } }
  },
}

async function soundOf(response: Response, mediaType: string): Promise<Output> {
  const buffer = await response.arrayBuffer().catch(() => {
    throw new AppError("model_cut")
  })
  if (buffer.byteLength === 0) throw new AppError("model_empty")
  const bytes = new Uint8Array(buffer)
  return {
    type: "media",
    kind: "audio",
    source: { bytes },
    mediaType: mediaType || null,
    name: null,
  }
}
