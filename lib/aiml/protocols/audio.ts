import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import { countMedia, readMedia } from "../media/media-result"
import type { MediaProtocol } from "../protocol"
import vendor from "../vendor.json" with { type: "json" }
import { orEmpty } from "./outputs"
import { taskProtocol } from "./task"

const reading = { texts: ["prompt", "lyrics"], files: "audio", label: "Description" } as const

/** Music and other sound, as a task. */
export const audio: MediaProtocol = taskProtocol("audio", {
  name: "audio",
  path: /\/generate\/audio$/,
  address: "/v2/generate/audio",
  reading,
  plain: {
    type: "object",
    properties: { model: { type: "string" }, prompt: { type: "string" } },
    required: ["model", "prompt"],
  },
})

/** The older address for songs, which answers at once, with the sound in hex. */
export const song: MediaProtocol = {
  ...audio,
  name: "song",
  path: /\/generate\/audio\/[^/]+\/generate$/,
  address: vendor.song,
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const outputs = orEmpty(readMedia(json, "audio"), headers)
    const facts = readFacts(json, headers)
    return { state: "done", outputs, facts: { ...facts, units: countMedia(outputs) } }
  },
}
