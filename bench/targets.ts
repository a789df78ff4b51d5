/** Limits of a figure; some depend on the pipe's value in the same run. */
type Target = {
  gate: number | ((pipe: number) => number)
  goal: number | ((pipe: number) => number)
  better: "lower" | "higher"
}

export type Verdict = "goal" | "gate" | "missed" | "–"

const atMost = (goal: Target["goal"], gate: Target["gate"]): Target => ({
  goal,
  gate,
  better: "lower",
})
const plus = (more: number) => (pipe: number) => pipe + more
const times = (factor: number) => (pipe: number) => pipe * factor

/** The goal and the limit of each figure; the benchmark's design has the reasons. */
const targets: Record<string, Target> = {
  "ttft-1": atMost(plus(5), plus(10)),
  "ttft-200-p50": atMost(25, 60),
  "ttft-200-p99": atMost(100, 250),
  "ttft-500-p50": atMost(120, 400),
  "ttft-500-p99": atMost(400, 1_500),
  "lag-500-p50": atMost(20, 40),
  "lag-500-p99": atMost(60, 150),
  "close-500-p50": atMost(20, 100),
  "cpu-500": atMost(times(2.5), times(5)),
  "failed-500": atMost(0, 0),
  saturation: { goal: 40_000, gate: 20_000, better: "higher" },
  "memory-idle": atMost(110, 140),
  "memory-500": atMost(0.1, 0.3),
  "memory-kept": atMost(1, 3),
  "requests-per-turn": atMost(1, 2),
  "visit-js": atMost(80, 120),
  "visit-css": atMost(12, 20),
  "visit-requests": atMost(12, 20),
  "visit-fcp": atMost(times(2.5), 300),
  "visit-composer": atMost(250, 500),
  "stream-1000-lost": atMost(5, 15),
  "stream-1000-end": atMost(50, 150),
  "stream-500-lost": atMost(5, 15),
  "stream-500-end": atMost(60, 200),
  "stream-500-longest": atMost(50, 100),
  "stream-growth": atMost(1.15, 1.5),
  "long-visible": atMost(400, 800),
  "long-heap": atMost(12, 20),
  "long-nodes": atMost(1_500, 2_500),
  "typing-p50": atMost(20, 30),
  "typing-p95": atMost(25, 45),
  "switch-new": atMost(200, 250),
  "switch-seen": atMost(100, 250),
}

/** The named target, or nothing if it does not exist. */
export const targetNamed = (name: string) => (name in targets ? { target: name } : {})

/** A target's limits as numbers; undefined without a target, or if the pipe value it needs is missing. */
export function limitsOf(name: string | undefined, pipe: number | null | undefined) {
  const target = name === undefined ? undefined : targets[name]
  if (name !== undefined && !target) throw new Error(`There is no target "${name}".`)
  const resolve = (limit: Target["goal"]) =>
    typeof limit === "number" ? limit : typeof pipe === "number" ? limit(pipe) : undefined
  const [goal, gate] = [target && resolve(target.goal), target && resolve(target.gate)]
  if (!target || goal === undefined || gate === undefined) return undefined
  return { goal, gate, better: target.better }
}

/** Compares a figure with its limits. */
export function judge(ours: number | null, limits: ReturnType<typeof limitsOf>): Verdict {
  if (!limits) return "–"
  if (ours === null) return "missed"
  const meets = (limit: number) => (limits.better === "lower" ? ours <= limit : ours >= limit)
  return meets(limits.goal) ? "goal" : meets(limits.gate) ? "gate" : "missed"
}
