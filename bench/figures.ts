/** One measured value. */
export type Figure = {
  what: string
  unit: string
  /** Null if it could not be measured. */
  ours: number | null
  /** The same value for the bare pipe in the same run. */
  pipe?: number | null
  /** The name of its limits in targets.ts. */
  target?: string
}

/** A benchmark: measured as a whole, selected by `--only`. */
export type Row<Bench> = { name: string; run: (bench: Bench) => Promise<Outcome> }

export type Outcome = { figures: Figure[]; notes?: string[] }

/** The value at a quantile (0 to 1); null for an empty list. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}

/** The median. */
export const median = (values: readonly number[]) => percentile(values, 0.5)

/** A value for a table: three significant digits, with thousands separators. */
export function shown(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–"
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString("en", { maximumFractionDigits: digits })
}
