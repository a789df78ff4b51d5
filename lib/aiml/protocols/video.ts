import type { MediaProtocol } from "../protocol"
import { taskProtocol } from "./task"

/** Videos: the address for all models and the older ones, one for each maker. */
export const video: MediaProtocol = taskProtocol("video", {
  name: "video",
  path: /\/video\/generations$|\/generate\/video\/[^/]+\/generation$|\/generations$/,
  address: "/v2/video/generations",
  reading: { texts: ["prompt", "user_prompt"], files: "video", label: "Description" },
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      prompt: { type: "string" },
      image_url: { type: "string", format: "uri" },
    },
    required: ["model"],
  },
})
