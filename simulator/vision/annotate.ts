import type { visionFeatures } from "../hidden-schemas"
import { hash } from "../random"
import { type Color, colorName, commonColors } from "../reading/colors"
import { readPicture } from "../reading/picture"
import type { Source } from "../reading/source"

export interface Feature {
  type: (typeof visionFeatures)[number]
  most: number
}

/** What can be known of a picture without understanding it. */
export interface Seen {
  /** The words of its file name, which are the best guess at what it shows. */
  nameWords: string[]
  text: string
  width: number
  height: number
  colors: Color[]
  format: string
}

const emptyWords = /^(?:img|image|dsc|photo|picture|data|file|upload|png|jpe?g|gif|webp|\d+)$/i

/** Looks at a picture; one that cannot be opened has the size of most photographs. */
export function seenIn({ name, bytes }: Source): Seen {
  const picture = bytes && readPicture(bytes)
  const words = name.replace(/\.\w{2,4}$/, "").match(/\p{L}{3,}/gu) ?? []
  return {
    nameWords: words.filter((word) => !emptyWords.test(word) && !/^[0-9a-f]{6,}$/i.test(word)),
    text: picture?.notes.join("\n") ?? "",
    width: Math.max(1, picture?.width ?? 1200),
    height: Math.max(1, picture?.height ?? 800),
    colors: picture?.pixels ? commonColors(picture.pixels) : [],
    format: picture?.format ?? "",
  }
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
const idOf = (word: string) => `/m/0${hash(word.toLowerCase()).toString(36)}`

function shapeName({ width, height }: Seen): string {
  const ratio = width / height
  if (ratio > 0.95 && ratio < 1.05) return "Square"
  return ratio > 2.2 ? "Panorama" : ratio > 1 ? "Landscape format" : "Portrait format"
}

function labels(seen: Seen): object[] {
  const { nameWords, colors, format } = seen
  const [first] = colors
  const isGray =
    colors.length > 0 && colors.every((color) => /black|gray|white/.test(colorName(color)))
  const words = [
    ...nameWords.map(capital),
    ...new Set(colors.filter(({ share }) => share > 0.1).map((color) => capital(colorName(color)))),
    ...(isGray ? ["Monochrome"] : []),
    ...(first && first.share > 0.9 ? ["Solid colour"] : []),
    shapeName(seen),
    ...(format ? [`${format} file`] : []),
  ]
  return [...new Set(words)].map((description, rank) => {
    const score = Number((0.97 - rank * 0.04).toFixed(4))
    return { mid: idOf(description), description, score, topicality: score }
  })
}

const corners = ({ width, height }: { width: number; height: number }) => ({
  vertices: [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ],
})

function textAnnotations(seen: Seen): object[] {
  if (!seen.text) return []
  const boundingPoly = corners(seen)
  const words = seen.text.match(/\S+/g) ?? []
  return [
    { locale: "en", description: seen.text, boundingPoly },
    ...words.map((description) => ({ description, boundingPoly })),
  ]
}

function fullText(seen: Seen): object {
  const { width, height, text } = seen
  if (!text) return { pages: [], text: "" }
  const block = { boundingBox: corners(seen), blockType: "TEXT", confidence: 0.98 }
  return { pages: [{ width, height, blocks: [block], confidence: 0.98 }], text }
}

/** The largest piece of the asked shape, from the middle. */
function cropHint({ width, height }: Seen, ratio: number): object {
  const isWide = width / height > ratio
  const [cutWidth, cutHeight] = isWide ? [height * ratio, height] : [width, width / ratio]
  const [left, top] = [Math.round((width - cutWidth) / 2), Math.round((height - cutHeight) / 2)]
  const [right, bottom] = [Math.round(left + cutWidth), Math.round(top + cutHeight)]
  return {
    boundingPoly: {
      vertices: [
        { x: left, y: top },
        { x: right, y: top },
        { x: right, y: bottom },
        { x: left, y: bottom },
      ],
    },
    confidence: 0.8,
    importanceFraction: Number(((cutWidth * cutHeight) / (width * height)).toFixed(4)),
  }
}

const harmless = {
  adult: "VERY_UNLIKELY",
  spoof: "VERY_UNLIKELY",
  medical: "VERY_UNLIKELY",
  violence: "VERY_UNLIKELY",
  racy: "VERY_UNLIKELY",
}

/** The members of the answer that one feature fills. */
function answerTo({ type, most }: Feature, seen: Seen, ratios: number[]): object {
  switch (type) {
    case "LABEL_DETECTION":
      return { labelAnnotations: labels(seen).slice(0, most) }
    case "TEXT_DETECTION":
      return { textAnnotations: textAnnotations(seen), fullTextAnnotation: fullText(seen) }
    case "DOCUMENT_TEXT_DETECTION":
      return { fullTextAnnotation: fullText(seen) }
    case "SAFE_SEARCH_DETECTION":
      return { safeSearchAnnotation: harmless }
    case "IMAGE_PROPERTIES": {
      const colors = seen.colors.slice(0, most).map(({ share, ...color }) => ({
        color,
        score: share,
        pixelFraction: share,
      }))
      return { imagePropertiesAnnotation: { dominantColors: { colors } } }
    }
    case "CROP_HINTS":
      return { cropHintsAnnotation: { cropHints: ratios.map((ratio) => cropHint(seen, ratio)) } }
    case "WEB_DETECTION": {
      const [label] = seen.nameWords
      const webEntities = seen.nameWords
        .slice(0, most)
        .map((word) => ({ entityId: idOf(word), score: 0.7, description: capital(word) }))
      const bestGuessLabels = label ? [{ label: seen.nameWords.join(" ").toLowerCase() }] : []
      return { webDetection: { webEntities, bestGuessLabels } }
    }
    // What takes understanding is not found, rather than made up.
    case "FACE_DETECTION":
      return { faceAnnotations: [] }
    case "LANDMARK_DETECTION":
      return { landmarkAnnotations: [] }
    case "LOGO_DETECTION":
      return { logoAnnotations: [] }
    case "OBJECT_LOCALIZATION":
      return { localizedObjectAnnotations: [] }
    case "PRODUCT_SEARCH":
      return { productSearchResults: { results: [] } }
  }
}

/** One answer to all features that were asked for. */
export function annotate(seen: Seen, features: Feature[], ratios?: number[]): object {
  const usable = ratios?.filter((ratio) => ratio > 0)
  const shapes = usable?.length ? usable : [seen.width / seen.height]
  return Object.assign({}, ...features.map((feature) => answerTo(feature, seen, shapes)))
}
