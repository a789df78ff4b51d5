import type { MediaProtocol } from "../protocol"
import { image } from "./image"

/** Pictures changed by words, with a mask where one is given. Files go as a form, whatever the document says. */
export const imageEdit: MediaProtocol = {
  ...image,
  name: "image-edit",
  path: /\/images\/edits$/,
  address: "/v1/images/edits",
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      prompt: { type: "string" },
      image: { type: "array", items: { type: "string", format: "binary" } },
      mask: { type: "string", format: "binary" },
    },
    required: ["model", "prompt", "image"],
  },
}
