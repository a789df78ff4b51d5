import type { VendorSchema } from "../specs"

/** The two interfaces of the maker. */
export type Version = "v1" | "v2"

const text = { type: "string" }
const address = { type: "string", format: "uri" }
const ratio = { type: "string", enum: ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"] }
/** The one model that the maker's own interfaces know. */
const model = { type: "string", enum: ["ray-1-6"], default: "ray-1-6" }
const orNothing = (schema: VendorSchema) => ({ ...schema, nullable: true })

const frame = {
  anyOf: [
    {
      type: "object",
      properties: {
        type: { type: "string", enum: ["generation"] },
        id: { ...text, format: "uuid" },
      },
      required: ["type", "id"],
    },
    {
      type: "object",
      properties: { type: { type: "string", enum: ["image"] }, url: address },
      required: ["type", "url"],
    },
    { nullable: true },
  ],
}

/** What either takes when no model of the catalogue is named. */
export const lumaSchemas: Record<Version, VendorSchema> = {
  v1: {
    type: "object",
    properties: {
      model,
      aspect_ratio: ratio,
      expand_prompt: { type: "boolean", default: false },
      image_end_url: address,
      image_url: address,
      user_prompt: text,
    },
    required: ["aspect_ratio", "user_prompt"],
  },
  v2: {
    type: "object",
    properties: {
      generation_type: orNothing({ type: "string", enum: ["video"] }),
      prompt: text,
      aspect_ratio: ratio,
      loop: { type: "boolean", default: false },
      keyframes: orNothing({ type: "object", properties: { frame0: frame, frame1: frame } }),
      callback_url: orNothing(address),
      model,
      resolution: { nullable: true },
      duration: orNothing(text),
      concepts: orNothing(text),
    },
    required: ["prompt", "aspect_ratio"],
    additionalProperties: false,
  },
}

/** How the camera can be told to move; the words go into the prompt. */
export const cameraMotions = [
  "Static",
  "Move Left",
  "Move Right",
  "Move Up",
  "Move Down",
  "Push In",
  "Pull Out",
  "Zoom In",
  "Zoom Out",
  "Pan Left",
  "Pan Right",
  "Orbit Left",
  "Orbit Right",
  "Crane Up",
  "Crane Down",
].map((motion) => `camera ${motion.toLowerCase()}`)
