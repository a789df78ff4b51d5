import "server-only"
import { isFirst, sweepExpired } from "../db/attempts"
import { forgetWriters } from "../db/runs"
import { sweepFiles } from "./sweep-files"
import { workFor } from "./work"

const roundSeconds = 2
const sweepSeconds = 60 * 60

/** Does what otherwise happens in the background, for a while. Gives how many steps of generations it took. */
export async function catchUp(ms: number): Promise<number> {
  const steps = await workFor(ms)
  if (await isFirst("catch-up:sweep", sweepSeconds)) {
    await Promise.all([sweepExpired(), forgetWriters(), sweepFiles()])
  }
  return steps
}

/** Does what is due now, unless any process on this database has begun the same just before. */
export async function catchUpInTurn(): Promise<void> {
  if (await isFirst("catch-up:round", roundSeconds)) await catchUp(0)
}
