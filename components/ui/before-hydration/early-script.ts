/**
 * Runs before the page is alive: Enter or a click on a form's button is kept on the form instead of
 * being lost (or sent the browser's own way, with a password in the address), the last click on any other
 * button is made again once it does something, and a draft is kept as it is typed (under the key in
 * `data-draft`). A conversation shows its end from its first frame on
 * (`data-follows`), unless somebody touches it or the address leads elsewhere.
 */
export const earlyScript = `(() => {
  const hold = (form) => { form.dataset.held = "yes" }
  const isAsleep = (form) => form && "early" in form.dataset && form.dataset.early !== "alive"
  addEventListener("submit", (event) => {
    if (isAsleep(event.target)) { event.preventDefault(); hold(event.target) }
  }, true)
  addEventListener("input", (event) => {
    const box = event.target
    if (box.dataset.draft && isAsleep(box.form)) localStorage.setItem(box.dataset.draft, box.value)
  }, true)
  addEventListener("keydown", (event) => {
    const box = event.target
    if (box.tagName !== "TEXTAREA" || event.key !== "Enter" || event.shiftKey || event.isComposing) return
    if (isAsleep(box.form)) { event.preventDefault(); hold(box.form) }
  }, true)
  let clicked = null
  const holdClick = (event) => {
    const button = event.target.closest("button")
    if (!button || button.type === "submit") return
    event.preventDefault()
    event.stopPropagation()
    clicked = button
  }
  const early = new AbortController()
  addEventListener("click", holdClick, { capture: true, signal: early.signal })
  addEventListener("alive", () => {
    early.abort()
    if (clicked?.isConnected) clicked.click()
  }, { once: true })
  let isLeft = location.hash !== ""
  const leave = (event) => { isLeft ||= event.target.closest("[data-follows]") !== null }
  for (const type of ["wheel", "touchmove", "pointerdown"]) addEventListener(type, leave, { passive: true, signal: early.signal })
  const follow = () => {
    const box = document.querySelector("[data-follows]")
    if (box?.dataset.follows === "alive") return
    if (box && isLeft) box.dataset.follows = "left"
    else if (box) box.scrollTop = box.scrollHeight
    if (!isLeft && (box || document.readyState !== "complete")) requestAnimationFrame(follow)
  }
  requestAnimationFrame(follow)
})()`
