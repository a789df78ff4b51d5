import { fileURLToPath } from "node:url"
import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test"
import { cookieName, type Person } from "../people"
import "./window"

const probe = fileURLToPath(new URL("./probe.js", import.meta.url))

export type Tab = { context: BrowserContext; page: Page; cdp: CDPSession }

export type Visitor = {
  site: string
  /** The signed-in person; absent for the pipe. */
  person?: Person
  /** A text to watch for from the start of every page. */
  mark?: string
}

/** Runs `work` in a fresh browser with an empty cache; never two at a time. */
export async function inBrowser<T>(visitor: Visitor, work: (tab: Tab) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    // Playwright would exit the process immediately and leave the database running.
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

/** The message box. Found by tag, because a role query visits every element of a long page. */
export const composer = (page: Page) => page.locator('textarea[aria-label="Message"]')

/** Accumulated script, layout and style time of the page in milliseconds. */
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

/** Memory and DOM size of the page after garbage collection. */
export async function sizeOf({ page, cdp }: Tab) {
  await cdp.send("HeapProfiler.collectGarbage")
  const { usedSize } = await cdp.send("Runtime.getHeapUsage")
  return { heapMb: usedSize / 2 ** 20, nodes: await page.evaluate(() => window.bench.nodes()) }
}
