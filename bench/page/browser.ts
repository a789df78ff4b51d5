import { fileURLToPath } from "node:url"
import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test"
import { cookieName, type Person } from "../people"
import "./window"

const probe = fileURLToPath(new URL("./probe.js", import.meta.url))

export type Tab = { context: BrowserContext; page: Page; cdp: CDPSession }

export type Visitor = {
  site: string
  /** Signed in; nobody for the pipe. */
  person?: Person
  /** A text to wait for from the first moment of every page. */
  mark?: string
}

/** Does something in a browser of its own, with an empty cache; never two at a time. */
export async function inBrowser<T>(visitor: Visitor, work: (tab: Tab) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    // Playwright would end the whole process at once, with the database still running.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } })
    const { site, person, mark } = visitor
    if (person) await context.addCookies([{ name: cookieName, value: person.key, url: site }])
    if (mark !== undefined) {
      await context.addInitScript((text) => {
        window.benchMark = text
      }, mark)
    }
    await context.addInitScript({ path: probe })
    const page = await context.newPage()
    page.setDefaultTimeout(300_000)
    return await work({ context, page, cdp: await context.newCDPSession(page) })
  } finally {
    await browser.close()
  }
}

/** The box to write in. By its tag: looking for a role visits every element of a long page. */
export const composer = (page: Page) => page.locator('textarea[aria-label="Message"]')

/** What the page's scripts, layout and styles have taken so far, in milliseconds. */
export async function timesOf(cdp: CDPSession) {
  await cdp.send("Performance.enable")
  const { metrics } = await cdp.send("Performance.getMetrics")
  const read = (name: string) =>
    (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1_000
  return {
    scriptMs: read("ScriptDuration"),
    layoutMs: read("LayoutDuration") + read("RecalcStyleDuration"),
  }
}

/** What the page keeps, after it was tidied up. */
export async function sizeOf({ page, cdp }: Tab) {
  await cdp.send("HeapProfiler.collectGarbage")
  const { usedSize } = await cdp.send("Runtime.getHeapUsage")
  return { heapMb: usedSize / 2 ** 20, nodes: await page.evaluate(() => window.bench.nodes()) }
}
