// Loaded when the first formula appears, together with its styles and fonts.
import katex from "katex"
import "katex/dist/katex.min.css"

/** Draws a formula into an element; false when KaTeX does not understand it. */
export function renderMath(tex: string, element: HTMLElement, display: boolean): boolean {
  katex.render(tex, element, {
    displayMode: display,
    throwOnError: false,
    strict: "ignore",
    trust: false,
    maxExpand: 200,
    maxSize: 20,
  })
  return !element.querySelector(".katex-error")
}
