import "server-only"
import { isFirst, sweepExpired } from "../db/attempts"
import { forgetWriters } from "../db/runs"
import { sweepFiles } from "./sweep-files"
import { workFor } from "./work"

const roundSeconds = 2
const sweepSeconds = 60 * 60

/** Runs the work of background workers for `ms`. Returns the number of generation steps done. */
export async function catchUp(ms: number): Promise<number> {
  const steps = await workFor(ms)
  if (await isFirst("catch-up:sweep", sweepSeconds)) {
    await Promise.all([sweepExpired(), forgetWriters(), sweepFiles()])
  }
  return steps
}

/** Runs everything due now, unless another process on this database started the same a moment ago. */
export async function catchUpInTurn(): Promise<void> {
  if (await isFirst("catch-up:round", roundSeconds)) await catchUp(0)
}
