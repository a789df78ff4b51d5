import { newId } from "../../lib/base/id"
import { type Figure, type Outcome, shown } from "../figures"
import { marks, toPrompt } from "../prompt"
import { targetNamed } from "../targets"
import { takeLog } from "../upstream/log"
import { composer, inBrowser, sizeOf, type Tab, timesOf, type Visitor } from "./browser"
import type { PageBench } from "./part"

const frameMs = 1_000 / 60

type Shape = { tokens: number; rate: number }
type Streamed = Awaited<ReturnType<typeof stream>>

/** One long markdown answer while it streams. */
export async function streaming(bench: PageBench, shape: Shape): Promise<Outcome> {
  const small = { ...shape, tokens: shape.tokens / 10 }
  const { pipe, ours } = await bothSides(bench, bench.isQuick ? small : shape)
  const name = shape.tokens === 20_000 ? "stream-500" : `stream-${shape.rate}`
  const both = (
    what: string,
    unit: string,
    read: (run: Streamed) => number | null,
    target = "",
  ): Figure => ({ what, unit, ours: read(ours), pipe: read(pipe), ...targetNamed(target) })
  const hasTargets = shape.tokens === 20_000 || shape.rate === 1_000
  const target = (word: string) => (hasTargets ? `${name}-${word}` : "")
  const figures = [
    both("Enter to first text", "ms", (run) => run.firstTextMs),
    both("end lag", "ms", (run) => run.endLagMs, target("end")),
    both("frames lost", "%", (run) => run.lostPercent, target("lost")),
    both("long tasks", "", (run) => run.longTasks),
    both("longest task", "ms", (run) => run.longestMs, target("longest")),
    both("script per 1,000 tokens", "ms", (run) => run.scriptMs),
    both("layout and style per 1,000 tokens", "ms", (run) => run.layoutMs),
    both("heap", "MB", (run) => run.heapMb),
    both("nodes", "", (run) => run.nodes),
  ]
  return { figures }
}

/** Whether a token costs more in a long answer than in a short one. */
export async function growth(bench: PageBench): Promise<Outcome> {
  const tokens = bench.isQuick ? [500, 2_000] : [5_000, 20_000]
  const runs: Awaited<ReturnType<typeof bothSides>>[] = []
  for (const count of tokens) runs.push(await bothSides(bench, { tokens: count, rate: 500 }))
  const ratio = (side: "ours" | "pipe") => {
    const [short, long] = runs.map((run) => run[side].scriptMs)
    return short && long ? long / short : null
  }
  const figure: Figure = {
    what: `script per token, an answer of ${shown(tokens[1])} against one of ${shown(tokens[0])}`,
    unit: "",
    ours: ratio("ours"),
    pipe: ratio("pipe"),
    target: "stream-growth",
  }
  const lost = runs.map(({ ours }) => `${shown(ours.lostPercent)} %`).join(" and ")
  const note = `Read it with the frames lost (${lost}): a page that skips updates shows a small ratio.`
  return { figures: [figure], notes: [note] }
}

async function bothSides(bench: PageBench, shape: Shape) {
  const { stack, reader } = bench
  const pipe = await inBrowser({ site: stack.pipe.url }, (tab) =>
    stream(bench, tab, stack.pipe.url, shape),
  )
  const visitor: Visitor = { site: stack.site, person: reader }
  const ours = await inBrowser(visitor, (tab) => stream(bench, tab, stack.site, shape))
  return { pipe, ours }
}

async function stream({ stack }: PageBench, tab: Tab, site: string, { tokens, rate }: Shape) {
  const { page, cdp } = tab
  const id = newId()
  const { start, end } = marks(id)
  await page.goto(site, { waitUntil: "load" })
  await page.waitForTimeout(1_500)
  await composer(page).fill(toPrompt({ id, tokens, rate, chunk: 4, text: "markdown" }))
  await page.waitForTimeout(1_000)
  await takeLog(stack.upstream.url)
  const before = await timesOf(cdp)
  await page.evaluate(() => window.bench.record(true))
  const [{ found, frames, longTasks, sentAt }] = await Promise.all([
    page.evaluate(follow, [start, end] as const),
    composer(page).press("Enter"),
  ])
  const after = await timesOf(cdp)
  await page.evaluate(() => window.bench.record(false))
  const entry = (await takeLog(stack.upstream.url))[id]
  const [firstText, lastText] = found
  const isBetween = (at: number) => at >= firstText && at <= lastText
  const offered = (lastText - firstText) / frameMs
  const tasks = longTasks.filter(({ at }) => isBetween(at)).map(({ ms }) => ms)
  const perThousand = (ms: number) => (ms / tokens) * 1_000
  return {
    firstTextMs: firstText - sentAt,
    endLagMs: entry ? lastText - (entry.written.at(-1) ?? Number.NaN) : null,
    lostPercent: Math.max(0, (1 - frames.filter(isBetween).length / offered) * 100),
    longTasks: tasks.length,
    longestMs: Math.max(0, ...tasks),
    scriptMs: perThousand(after.scriptMs - before.scriptMs),
    layoutMs: perThousand(after.layoutMs - before.layoutMs),
    ...(await sizeOf(tab)),
  }
}

/** Runs in the page: waits for the first and last mark, and reports what happened in between. */
const follow = async ([first, last]: readonly [string, string]) => {
  const found = await Promise.all([window.bench.when(first, true), window.bench.when(last)])
  const { frames, longTasks, keyAt } = window.bench
  return { found, frames: [...frames()], longTasks: longTasks(), sentAt: keyAt() }
}
