import "server-only"
import type { Model } from "../models/model"

/** What files cost at a guess where a model takes them as they are; nobody says beforehand. */
export const tokensPerFile = { image: 1_500, document: 6_000, audio: 3_000, video: 6_000, mesh: 0 }

/** Of a Latin alphabet. */
const charsPerToken = 3.6

/** For roles, tools and instructions. */
const reserveTokens = 1_500

/**
 * About how many tokens a text is, rather too many than too few: four letters of a Latin alphabet are one,
 * and of most others each is one.
 */
export function estimateTokens(text: string): number {
  let other = 0
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x2ff) other++
  return Math.ceil((text.length - other) / charsPerToken + other * 0.9)
}

/** How many tokens a question and its history may have, for a window and the room of the answer. */
export function inputRoom(contextTokens: number | null, outputTokens: number): number {
  // Whose window nobody knows is thought to have a usual one.
  return Math.max(1_000, (contextTokens ?? 128_000) - outputTokens - reserveTokens)
}

/**
 * How many characters of history are enough for each of these models: those of a Latin alphabet, of which the most
 * fit. A model that is not known yet counts as a usual one.
 */
export function pathRoom(models: readonly (Pick<Model, "contextTokens"> | null)[]): number {
  const rooms = models.map((model) => inputRoom(model?.contextTokens ?? null, 0))
  return Math.ceil(Math.max(...rooms) * charsPerToken)
}

/** As much of a text as fits, cut where a line ends if that costs little. */
export function cutToTokens(text: string, tokens: number): { text: string; isCut: boolean } {
  const total = estimateTokens(text)
  if (total <= tokens) return { text, isCut: false }
  const cut = text.slice(0, Math.floor((text.length * tokens) / total)).toWellFormed()
  const line = cut.lastIndexOf("\n")
  return { text: line > cut.length * 0.9 ? cut.slice(0, line) : cut, isCut: true }
}
