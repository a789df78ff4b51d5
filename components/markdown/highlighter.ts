// Loaded when the first closed code block comes near the screen.
import { common, createLowlight } from "lowlight"

const lowlight = createLowlight(common)

export type Highlighted = ReturnType<typeof lowlight.highlight>["children"]

/** The code as a tree of marked words; null for a language that is not known. */
export function highlight(language: string, text: string): Highlighted | null {
  return lowlight.registered(language) ? lowlight.highlight(language, text).children : null
}
