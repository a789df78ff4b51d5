import type { Page } from "@playwright/test"
import { type Figure, median, type Outcome, percentile } from "../figures"
import { composer, inBrowser, sizeOf, type Tab } from "./browser"
import type { PageBench } from "./part"
import type { Seeded } from "./seed"

const scrollTimeoutMs = 180_000

/** A long conversation: opened, typed in, left and reopened, and scrolled to its start. */
export async function longConversation(bench: PageBench, messages: number): Promise<Outcome> {
  const long = await bench.conversation(messages)
  const short = await bench.conversation(10)
  const opened: Awaited<ReturnType<typeof open>>[] = []
  // A page that takes a minute to open needs no median.
  const runs = bench.isQuick || messages > 1_000 ? 1 : 3
  for (let run = 0; run < runs; run++) {
    opened.push(await visit(bench, long, (tab) => open(bench, tab, long)))
  }
  const notes: string[] = []
  // A step that fails on a heavy page does not affect the others.
  const inVisit = async <T>(what: string, work: (page: Page) => Promise<T>): Promise<T | null> => {
    const measured = visit(bench, long, async (tab) => {
      await open(bench, tab, long)
      return work(tab.page)
    })
    return measured.catch((error) => {
      notes.push(`${what} was not measured: ${String(error).split("\n")[0]}`)
      return null
    })
  }
  const typed = (await inVisit("Typing", (page) => type(page, 30))) ?? []
  const rounds = bench.isQuick ? 2 : 5
  const { there, back } = (await inVisit("Switching", (page) =>
    switchOften(page, long, short, rounds),
  )) ?? { there: [], back: [] }
  const scrolled = await inVisit("Scrolling", (page) => scroll(page, long))
  const aim = messages === 1_000
  const figure = (what: string, unit: string, ours: number | null, target?: string): Figure =>
    aim && target ? { what, unit, ours, target } : { what, unit, ours }
  const middle = (read: (run: (typeof opened)[number]) => number) => median(opened.map(read))
  const figures = [
    figure(
      "last message visible",
      "ms",
      middle((run) => run.visibleMs),
      "long-visible",
    ),
    figure(
      "document, unpacked",
      "KB",
      middle((run) => run.documentKb),
    ),
    figure(
      "heap",
      "MB",
      middle((run) => run.heapMb),
      "long-heap",
    ),
    figure(
      "nodes",
      "",
      middle((run) => run.nodes),
      "long-nodes",
    ),
    figure("typing, keydown to paint p50", "ms", percentile(typed, 0.5), "typing-p50"),
    figure("typing, keydown to paint p95", "ms", percentile(typed, 0.95), "typing-p95"),
    figure("switching to a short one, first", "ms", there[0] ?? null, "switch-new"),
    figure("switching to a short one, later", "ms", median(there.slice(1)), "switch-seen"),
    figure("switching back, first", "ms", back[0] ?? null, "switch-seen"),
    figure("switching back, later", "ms", median(back.slice(1)), "switch-seen"),
    figure("scrolling up to the first message", "ms", scrolled),
    figure("the first message was reached", "", scrolled === null ? 0 : 1),
  ]
  return { figures, notes }
}

function visit<T>({ stack, reader }: PageBench, seeded: Seeded, work: (tab: Tab) => Promise<T>) {
  return inBrowser({ site: stack.site, person: reader, mark: seeded.last }, work)
}

async function open({ stack }: PageBench, tab: Tab, { id }: Seeded) {
  const { page } = tab
  await page.goto(`${stack.site}/conversations/${id}`, { waitUntil: "commit" })
  const visibleMs = await page.evaluate(async () => {
    return ((await window.bench.awaited) ?? Number.NaN) - performance.timeOrigin
  })
  await page.waitForLoadState("load")
  // Wait until the page is idle, so that loading does not distort the measurement.
  await page.waitForTimeout(2_000)
  const documentBytes = await page.evaluate(() => window.bench.documentBytes())
  return { visibleMs, documentKb: documentBytes / 1_024, ...(await sizeOf(tab)) }
}

async function type(page: Page, count: number): Promise<number[]> {
  await composer(page).focus()
  await page.keyboard.press("x")
  await page.waitForTimeout(1_000)
  await page.evaluate(() => window.bench.keys())
  for (let key = 0; key < count; key++) {
    await page.keyboard.press("abcdefghij"[key % 10] ?? "a")
    await page.waitForTimeout(60)
  }
  await page.waitForTimeout(500)
  return page.evaluate(() => window.bench.keys())
}

/** Scrolls to the first message; returns the time it took, or null if it cannot be reached. */
function scroll(page: Page, { first }: Seeded): Promise<number | null> {
  const up = ([mark, most]: readonly [string, number]) => window.bench.scrollUpTo(mark, most)
  return page.evaluate(up, [first, scrollTimeoutMs] as const)
}

/** Switches to another conversation and back through the side bar's links. */
async function switchOften(page: Page, long: Seeded, short: Seeded, rounds: number) {
  const times = { there: [] as number[], back: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.there.push(await go(page, short))
    await page.waitForTimeout(700)
    times.back.push(await go(page, long))
    await page.waitForTimeout(700)
  }
  return times
}

async function go(page: Page, { id, last }: Seeded): Promise<number> {
  const [took] = await Promise.all([
    page.evaluate(async (mark) => {
      const at = await window.bench.when(mark)
      return at - window.bench.clickedAt()
    }, last),
    page.locator(`a[href="/conversations/${id}"]`).click(),
  ])
  return took
}
