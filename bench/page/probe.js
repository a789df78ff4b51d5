// Runs in the page from its start. It checks each frame just after it was painted, and only a few text nodes, so
// its cost does not grow with the page.
;(() => {
  const fewTexts = 40
  const patienceMs = 300_000
  const wall = () => performance.timeOrigin + performance.now()
  const log = () => document.querySelector('[role="log"]')

  /** The text node with a mark among the last (or first) few of the conversation. */
  function find(mark, isFirst) {
    const root = log()
    if (!root) return null
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_ALL)
    let node = isFirst ? texts.nextNode() : deepestLast(root)
    texts.currentNode = node ?? root
    for (let seen = 0; node && seen < fewTexts; ) {
      if (node.nodeType === Node.TEXT_NODE) {
        seen += 1
        // The pipe has a single long text node: only its ends are read.
        const { length } = node
        const part = isFirst
          ? node.substringData(0, Math.min(length, 2_000))
          : node.substringData(Math.max(0, length - 2_000), 2_000)
        if (part.includes(mark)) return node
      }
      node = isFirst ? texts.nextNode() : texts.previousNode()
    }
    return null
  }

  function deepestLast(node) {
    let last = node
    while (last.lastChild) last = last.lastChild
    return last
  }

  function isInView(node) {
    const { top, bottom, height } = node.parentElement.getBoundingClientRect()
    return height > 0 && top < innerHeight && bottom > 0
  }

  const frames = []
  let firstInputAt = null
  let inputs = 0
  let watchers = []
  let isRecording = false
  const channel = new MessageChannel()
  channel.port1.onmessage = () => {
    const at = wall()
    watchers = watchers.filter(({ mark, isFirst, resolve }) => {
      const node = find(mark, isFirst)
      if (!node || !isInView(node)) return true
      resolve(at)
      return false
    })
  }
  function frame(time) {
    if (window.benchFocus && firstInputAt === null) {
      document.querySelector('textarea[aria-label="Message"]')?.focus()
    }
    if (isRecording) frames.push(performance.timeOrigin + time)
    if (watchers.length > 0) channel.port2.postMessage(null)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)

  const longTasks = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      longTasks.push({ at: performance.timeOrigin + startTime, ms: duration })
    }
  }).observe({ type: "longtask", buffered: true })

  const keys = []
  let keyAt = 0
  let clickedAt = 0
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      keyAt = timeStamp
    },
    true,
  )
  addEventListener(
    "click",
    ({ timeStamp }) => {
      clickedAt = performance.timeOrigin + timeStamp
    },
    true,
  )
  addEventListener(
    "input",
    () => {
      firstInputAt ??= performance.now()
      inputs += 1
      const began = keyAt
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => keys.push(performance.now() - began)
        painted.port2.postMessage(null)
      })
    },
    true,
  )

  /** Scrolls up one screen per frame until a mark is visible; returns the time it took, or null on timeout. */
  function scrollUpTo(mark, timeoutMs) {
    const begun = wall()
    let box = log()
    while (
      box &&
      !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))
    ) {
      box = box.parentElement
    }
    let isDone = false
    const found = when(mark, true).then((at) => at - begun)
    const gaveUp = new Promise((resolve) => {
      const step = () => {
        if (isDone) return
        if (wall() - begun > timeoutMs) return resolve(null)
        if (box) box.scrollTop -= box.clientHeight * 0.9
        requestAnimationFrame(step)
      }
      requestAnimationFrame(step)
    })
    return Promise.race([found, gaveUp]).finally(() => {
      isDone = true
    })
  }

  /** The time when a mark is painted and visible. */
  function when(mark, isFirst = false) {
    return new Promise((resolve, reject) => {
      watchers.push({ mark, isFirst, resolve })
      setTimeout(() => reject(new Error(`"${mark}" never came into view`)), patienceMs)
    })
  }

  window.bench = {
    wall,
    when,
    scrollUpTo,
    record(isOn) {
      isRecording = isOn
      frames.length = 0
      longTasks.length = 0
    },
    frames: () => frames,
    longTasks: () => longTasks,
    keys: () => keys.splice(0),
    keyAt: () => performance.timeOrigin + keyAt,
    clickedAt: () => clickedAt,
    firstInputAt: () => firstInputAt,
    inputs: () => inputs,
    awaited: window.benchMark ? when(window.benchMark) : null,
    nodes: () => document.querySelectorAll("*").length,
    documentBytes: () => performance.getEntriesByType("navigation")[0]?.decodedBodySize ?? 0,
    firstPaint: () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
  }
})()
