import { z } from "zod"
import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import type { MediaProtocol, Output } from "../protocol"
import { orEmpty } from "./outputs"

/** What an optical service finds in a picture: labels, faces, text, colours. It has no model. */
export const vision: MediaProtocol = {
  name: "vision",
  path: /\/vision$/,
  address: "/v1/vision",
  reading: { texts: [], files: "image", label: "Picture" },
  plain: {
    type: "object",
    properties: {
      image: {
        type: "object",
        properties: {
          source: {
            type: "object",
            properties: { imageUri: { type: "string", format: "uri" } },
            required: ["imageUri"],
          },
        },
        required: ["source"],
      },
      features: {
        type: "array",
        items: {
          type: "object",
          properties: {
            type: {
              type: "string",
              enum: [
                "LABEL_DETECTION",
                "TEXT_DETECTION",
                "DOCUMENT_TEXT_DETECTION",
                "FACE_DETECTION",
                "LANDMARK_DETECTION",
                "LOGO_DETECTION",
                "SAFE_SEARCH_DETECTION",
                "IMAGE_PROPERTIES",
                "CROP_HINTS",
                "WEB_DETECTION",
                "PRODUCT_SEARCH",
                "OBJECT_LOCALIZATION",
              ],
            },
            maxResults: { type: "integer", minimum: 1 },
          },
          required: ["type"],
        },
        default: [{ type: "LABEL_DETECTION", maxResults: 10 }],
      },
    },
    required: ["image", "features"],
  },
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const found = z.record(z.string(), z.json()).catch({}).parse(json)
    const outputs = Object.entries(found)
      .filter(([name, value]) => name !== "meta" && value !== null)
      .map(([name, value]): Output => ({ type: "data", label: sentenceOf(name), value }))
    // A request is about one picture.
    const facts = { ...readFacts(json, headers), units: { images: 1 } }
    return { state: "done", outputs: orEmpty(outputs, headers), facts }
  },
}

/** "labelAnnotations" becomes "Label annotations". */
function sentenceOf(name: string): string {
  const words = name.replace(/([A-Z])/g, " $1").toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
