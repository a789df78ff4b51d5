import type { CDPSession } from "@playwright/test"
import { type Figure, median, type Outcome } from "../figures"
import { composer, inBrowser, type Tab, type Visitor } from "./browser"
import type { PageBench } from "./part"

// Requests later than this are not part of the first view.
const settleMs = 2_000
const maxKeys = 2_000

type Visit = {
  requests: number
  scriptKb: number
  styleKb: number
  allKb: number
  firstPaintMs: number | null
}

/** The first view of the chat page with an empty cache, and a second one with the cache filled. */
export async function firstVisit(bench: PageBench): Promise<Outcome> {
  const { stack, isQuick } = bench
  const runs = isQuick ? 1 : 5
  const sides = {
    pipe: { site: stack.pipe.url },
    ours: { site: stack.site, person: bench.reader },
  }
  const measured = {
    pipe: await visitOften(sides.pipe, runs),
    ours: await visitOften(sides.ours, runs),
  }
  const both = (
    what: string,
    unit: string,
    read: (visit: Awaited<ReturnType<typeof visitTwice>>) => number | null,
    target?: string,
  ): Figure => {
    const middle = (side: keyof typeof sides) =>
      median(measured[side].flatMap((visit) => read(visit) ?? []))
    const figure = { what, unit, ours: middle("ours"), pipe: middle("pipe") }
    return target === undefined ? figure : { ...figure, target }
  }
  const figures = [
    both("requests", "", ({ cold }) => cold.requests, "visit-requests"),
    both("JS sent", "KB", ({ cold }) => cold.scriptKb, "visit-js"),
    both("CSS sent", "KB", ({ cold }) => cold.styleKb, "visit-css"),
    both("all sent", "KB", ({ cold }) => cold.allKb),
    both("FCP", "ms", ({ cold }) => cold.firstPaintMs, "visit-fcp"),
    both("composer takes a key", "ms", ({ composerMs }) => composerMs, "visit-composer"),
    both("second visit: requests", "", ({ warm }) => warm.requests),
    both("second visit: all sent", "KB", ({ warm }) => warm.allKb),
    both("second visit: FCP", "ms", ({ warm }) => warm.firstPaintMs),
    both("early key was lost", "", ({ isLost }) => (isLost ? 1 : 0)),
  ]
  const note = `Median of ${runs}. Real keys come without a pause until one is taken by the box, which has the focus from its first frame.`
  return { figures, notes: [note] }
}

async function visitOften(visitor: Visitor, runs: number) {
  const visits: Awaited<ReturnType<typeof visitTwice>>[] = []
  for (let run = 0; run < runs; run++) visits.push(await visitTwice(visitor))
  return visits
}

async function visitTwice(visitor: Visitor) {
  const { cold, warm } = await inBrowser(visitor, async (tab) => {
    return { cold: await visit(tab, visitor.site), warm: await visit(tab, visitor.site) }
  })
  // Typing loads more code, so it has its own visit.
  return { cold, warm, ...(await inBrowser(visitor, (tab) => typeEarly(tab, visitor.site))) }
}

async function visit({ page, cdp }: Tab, site: string): Promise<Visit> {
  const traffic = await countTraffic(cdp)
  await page.goto(site, { waitUntil: "load" })
  await page.waitForTimeout(settleMs)
  const firstPaintMs = await page.evaluate(() => window.bench.firstPaint())
  return { ...traffic.stop(), firstPaintMs }
}

/** Counts transferred bytes by type: compressed, including headers. */
async function countTraffic(cdp: CDPSession) {
  const kinds = new Map<string, string>()
  const bytes = { Script: 0, Stylesheet: 0, all: 0 }
  let requests = 0
  const onResponse = (event: { requestId: string; type: string; response: { url: string } }) => {
    // Data URLs and cache hits cause no traffic.
    if (!event.response.url.startsWith("http")) return
    kinds.set(event.requestId, event.type)
  }
  const onFinished = (event: { requestId: string; encodedDataLength: number }) => {
    const kind = kinds.get(event.requestId)
    if (kind === undefined || event.encodedDataLength === 0) return
    requests += 1
    bytes.all += event.encodedDataLength
    if (kind === "Script" || kind === "Stylesheet") bytes[kind] += event.encodedDataLength
  }
  cdp.on("Network.responseReceived", onResponse)
  cdp.on("Network.loadingFinished", onFinished)
  await cdp.send("Network.enable")
  return {
    stop() {
      cdp.off("Network.responseReceived", onResponse)
      cdp.off("Network.loadingFinished", onFinished)
      const kb = (count: number) => count / 1_024
      return {
        requests,
        scriptKb: kb(bytes.Script),
        styleKb: kb(bytes.Stylesheet),
        allKb: kb(bytes.all),
      }
    },
  }
}

/** Types continuously from the first moment, and checks later that every accepted letter is still there. */
async function typeEarly({ page, cdp }: Tab, site: string) {
  await page.addInitScript(() => {
    window.benchFocus = true
  })
  await page.goto(site, { waitUntil: "commit" })
  let composerMs: number | null = null
  for (let key = 0; composerMs === null && key < maxKeys; key++) {
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", text: "a", key: "a", code: "KeyA" })
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "a", code: "KeyA" })
    composerMs = await page.evaluate(() => window.bench.firstInputAt())
  }
  await page.waitForTimeout(settleMs)
  const taken = await page.evaluate(() => window.bench.inputs())
  return { composerMs, isLost: (await composer(page).inputValue()).length < taken }
}
