import { type Figure, median, type Outcome, shown } from "../figures"
import type { LoadSummary } from "../load/job"
import { watchProcess } from "../process-stat"
import { targetNamed } from "../targets"
import { ordersFor, type ServerBench, type Side } from "./part"

/** One client at a time: the app's overhead when idle. */
export async function oneStream(bench: ServerBench): Promise<Outcome> {
  const shape = { tokens: bench.isQuick ? 20 : 80, rate: 40, chunk: 4 }
  const runs = { pipe: [] as LoadSummary[], ours: [] as LoadSummary[] }
  for (let run = 0; run < (bench.isQuick ? 3 : 9); run++) {
    for (const side of ["pipe", "ours"] as const) {
      runs[side].push(await bench.read(ordersFor(bench, side, 1, shape)))
    }
  }
  const both = (what: string, read: (run: LoadSummary) => number | null, target = ""): Figure => {
    const middle = (side: Side) => median(runs[side].flatMap((run) => read(run) ?? []))
    return { what, unit: "ms", ours: middle("ours"), pipe: middle("pipe"), ...targetNamed(target) }
  }
  const figures = [
    both("before the upstream is asked", (run) => run.pre.p50),
    both("relay of the first words", (run) => run.relay.p50),
    both("TTFT added", (run) => run.added.p50, "ttft-1"),
    both("chunk lag p50", (run) => run.lag.p50),
    both("close", (run) => run.close.p50),
  ]
  return { figures, notes: errorsOf([...runs.ours, ...runs.pipe]) }
}

/** Many clients within a second; repeated three times, since one burst says little on a busy machine. */
export async function burst(bench: ServerBench, streams: number): Promise<Outcome> {
  const count = bench.isQuick ? Math.min(bench.people.length, streams / 10) : streams
  const shape = { tokens: bench.isQuick ? 80 : 400, rate: 40, chunk: 4 }
  const runs: Record<Side, Measured[]> = { pipe: [], ours: [] }
  for (let run = 0; run < (bench.isQuick ? 1 : 3); run++) {
    for (const side of ["pipe", "ours"] as const) {
      runs[side].push(await measure(bench, side, count, shape))
    }
  }
  const both = (what: string, unit: string, read: Read, target = ""): Figure => {
    const middle = (side: Side) => median(runs[side].flatMap((run) => read(run) ?? []))
    return { what, unit, ours: middle("ours"), pipe: middle("pipe"), ...targetNamed(target) }
  }
  const all = runs.ours.map(({ added }) => `${shown(added.p50)} / ${shown(added.p99)}`).join("; ")
  const figures = [
    both("TTFT added p50", "ms", (run) => run.added.p50, `ttft-${streams}-p50`),
    both("TTFT added p99", "ms", (run) => run.added.p99, `ttft-${streams}-p99`),
    both("of it before the upstream, p50", "ms", (run) => run.pre.p50),
    both("chunk lag p50", "ms", (run) => run.lag.p50, `lag-${streams}-p50`),
    both("chunk lag p99", "ms", (run) => run.lag.p99, `lag-${streams}-p99`),
    both("close p50", "ms", (run) => run.close.p50, `close-${streams}-p50`),
    both("chunks relayed", "/s", (run) => run.chunksPerSecond),
    both("CPU per 1,000 chunks", "ms", cpuPerThousand, `cpu-${streams}`),
    both("memory, peak", "MB", (run) => run.peakMb),
    both("memory per stream", "MB", (run) => perStream(run, count), `memory-${streams}`),
    {
      ...both("failed", "", () => null, `failed-${streams}`),
      ours: sum(runs.ours.map(({ failed }) => failed)),
      pipe: sum(runs.pipe.map(({ failed }) => failed)),
    },
  ]
  const notes = [`Medians of three bursts. TTFT added in each, p50 / p99 ms: ${all}.`]
  return { figures, notes: [...notes, ...errorsOf([...runs.ours, ...runs.pipe])] }
}

/** Maximum throughput: tokens arrive faster than clients read. */
export async function flatOut(bench: ServerBench): Promise<Outcome> {
  const count = bench.isQuick ? 20 : 100
  const shape = { tokens: bench.isQuick ? 500 : 2_000, rate: 1_000, chunk: 1 }
  const pipe = await measure(bench, "pipe", count, shape)
  const ours = await measure(bench, "ours", count, shape)
  const both = (what: string, unit: string, read: Read): Figure => {
    return { what, unit, ours: read(ours), pipe: read(pipe) }
  }
  const figures = [
    { ...both("chunks relayed", "/s", (run) => run.chunksPerSecond), target: "saturation" },
    both("TTFT added p50", "ms", (run) => run.added.p50),
    both("chunk lag p50", "ms", (run) => run.lag.p50),
    both("CPU per 1,000 chunks", "ms", cpuPerThousand),
    both("failed", "", (run) => run.failed),
  ]
  const offered = `${count} × ${shape.tokens} chunks within ${shape.tokens / shape.rate + 1} s were offered; a side that needs just that long is not at its limit.`
  return { figures, notes: [offered, ...errorsOf([ours, pipe])] }
}

type Measured = LoadSummary & {
  cpuMs: number | null
  beforeMb: number | null
  peakMb: number | null
}
type Read = (run: Measured) => number | null

async function measure(
  bench: ServerBench,
  side: Side,
  count: number,
  shape: Parameters<typeof ordersFor>[3],
): Promise<Measured> {
  const pid = side === "pipe" ? bench.stack.pipe.pid : bench.stack.serverPid
  const orders = ordersFor(bench, side, count, shape)
  const { result, ...used } = await watchProcess(pid, () => bench.read(orders))
  return { ...result, ...used }
}

function cpuPerThousand({ cpuMs, chunks }: Measured): number | null {
  return cpuMs === null || chunks === 0 ? null : (cpuMs / chunks) * 1_000
}

function perStream({ peakMb, beforeMb }: Measured, count: number): number | null {
  return peakMb === null || beforeMb === null ? null : (peakMb - beforeMb) / count
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

function errorsOf(runs: readonly LoadSummary[]): string[] {
  return [...new Set(runs.flatMap(({ errors }) => errors))].map((error) => `failed: ${error}`)
}
