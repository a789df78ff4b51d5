/** Collects changes and passes on the last one once a frame; a hidden page has no frames but a clock. */
export function onceAFrame(work: () => void): { request: () => void; flush: () => void } {
  let isAsked = false
  const flush = () => {
    if (!isAsked) return
    isAsked = false
    work()
  }
  return {
    request() {
      if (isAsked) return
      isAsked = true
      if (document.hidden) setTimeout(flush, 250)
      else requestAnimationFrame(flush)
    },
    flush,
  }
}
