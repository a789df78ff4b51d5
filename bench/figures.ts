/** One thing that was measured. */
export type Figure = {
  what: string
  unit: string
  /** Null when it could not be measured. */
  ours: number | null
  /** The same of the bare pipe, in the same sitting. */
  pipe?: number | null
  /** The name of its limits in targets.ts. */
  target?: string
}

/** A row of the benchmark: measured together, chosen by `--only`. */
export type Row<Bench> = { name: string; run: (bench: Bench) => Promise<Outcome> }

export type Outcome = { figures: Figure[]; notes?: string[] }

/** The value below which a share of the others lies; null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}

/** The value in the middle. */
export const median = (values: readonly number[]) => percentile(values, 0.5)

/** A value as a table shows it: three digits that count, thousands apart. */
export function shown(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–"
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString("en", { maximumFractionDigits: digits })
}
