// Loaded when the first formula appears, together with its styles and fonts.
import katex from "katex"
import "katex/dist/katex.min.css"

/** Draws a formula into an element; what KaTeX does not understand stays as it was written. */
export function renderMath(tex: string, element: HTMLElement, display: boolean): void {
  katex.render(tex, element, {
    displayMode: display,
    throwOnError: false,
    errorColor: "currentColor",
    strict: "ignore",
    trust: false,
    maxExpand: 200,
    maxSize: 20,
  })
}
