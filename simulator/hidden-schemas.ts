import type { VendorSchema } from "./specs"

const number = (minimum?: number, maximum?: number): VendorSchema => ({
  type: "number",
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
})
const text = { type: "string" }
const texts = { type: "array", items: text }

function strict(properties: Record<string, unknown>, required: string[] = []): VendorSchema {
  return { type: "object", properties, required, additionalProperties: false }
}

/** What text completions take, from the time when they were still documented. */
export const completionSchema: VendorSchema = {
  type: "object",
  properties: {
    prompt: text,
    model: text,
    max_tokens: number(1, 8000),
    stop: texts,
    temperature: { ...number(0, 2), nullable: true },
    top_p: { ...number(0, 1), nullable: true },
    top_k: number(1),
    repetition_penalty: { ...number(0), nullable: true },
    stream: { type: "boolean", default: false },
    logprobs: number(0, 1),
    echo: { type: "boolean" },
    n: number(1, 128),
    safety_model: text,
    min_p: number(),
    presence_penalty: number(-2, 2),
    frequency_penalty: number(-2, 2),
    logit_bias: { type: "object" },
  },
  required: ["prompt", "model"],
}

/** What may be looked for in a picture. */
export const visionFeatures = [
  "FACE_DETECTION",
  "LANDMARK_DETECTION",
  "LOGO_DETECTION",
  "LABEL_DETECTION",
  "TEXT_DETECTION",
  "DOCUMENT_TEXT_DETECTION",
  "SAFE_SEARCH_DETECTION",
  "IMAGE_PROPERTIES",
  "CROP_HINTS",
  "WEB_DETECTION",
  "PRODUCT_SEARCH",
  "OBJECT_LOCALIZATION",
] as const

const corner = strict({ latitude: number(-90, 90), longitude: number(-180, 180) }, [
  "latitude",
  "longitude",
])

const feature = strict(
  {
    type: { type: "string", enum: visionFeatures },
    maxResults: number(),
    model: { type: "string", enum: ["builtin/stable", "builtin/latest"] },
  },
  ["type"],
)

const imageContext = strict({
  latLongRect: strict({ minLatLng: corner, maxLatLng: corner }, ["minLatLng", "maxLatLng"]),
  languageHints: texts,
  cropHintsParams: strict({ aspectRatios: { type: "array", items: number() } }, ["aspectRatios"]),
  faceRecognitionParams: strict({ celebritySet: texts }, ["celebritySet"]),
  textDetectionParams: strict({ enableTextDetectionConfidenceScore: { type: "boolean" } }, [
    "enableTextDetectionConfidenceScore",
  ]),
})

/** What optical feature recognition takes. No model is named in it. */
export const visionSchema: VendorSchema = {
  type: "object",
  properties: {
    image: strict({ source: strict({ imageUri: text }, ["imageUri"]) }, ["source"]),
    features: { type: "array", items: feature },
    imageContext,
  },
  required: ["image", "features"],
}
