import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import { countMedia, readMedia } from "../media/media-result"
import type { MediaProtocol } from "../protocol"
import { orEmpty } from "./outputs"

/** Pictures from words or from pictures, and 3D models, which share the address. Answers at once. */
export const image: MediaProtocol = {
  name: "image",
  path: /\/images\/generations(\/with-url)?$/,
  address: "/v1/images/generations",
  reading: { texts: ["prompt"], files: "image", label: "Description" },
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      prompt: { type: "string" },
      image_url: { type: "string", format: "uri" },
    },
    required: ["model"],
  },
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const outputs = orEmpty(readMedia(json, "image"), headers)
    const facts = readFacts(json, headers)
    return {
      state: "done",
      outputs,
      facts: { ...facts, units: { ...facts.units, ...countMedia(outputs) } },
    }
  },
}
