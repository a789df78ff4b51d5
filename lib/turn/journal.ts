import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { processWide } from "../base/process-wide"
import { retakeAnswer } from "../db/answer-states"
import { isPermanent } from "../db/client"
import { appendEvents, type RunEvent, type RunState } from "../db/runs"
import { errorFields, log } from "../server/log"
import { owner } from "../server/process-id"
import { publish, subscribe } from "../server/subscribe"
import { type LocalRun, localRuns } from "./local-run"

/** Between two statements while others follow along, and otherwise: no more is lost in a crash. */
const followedMs = 200
const aloneMs = 800
const beatMs = 2_000

const state = processWide("journal", () => ({ isKept: false, beatenAt: 0 }))

/**
 * Keeps the logs of this process's runs for as long as there are any: one statement for all of them a
 * few times a second, which also shows that the process lives and asks whether somebody wants a stop.
 */
export function startJournal(): void {
  if (state.isKept) return
  state.isKept = true
  void keep().finally(() => {
    state.isKept = false
    if (localRuns.size > 0) startJournal()
  })
}

async function keep(): Promise<void> {
  while (localRuns.size > 0) {
    const runs = [...localRuns.values()]
    await pause(runs.some((run) => run.isFollowed) ? followedMs : aloneMs)
    await writeJournal().catch((error) => log("warn", "journal-failed", errorFields(error)))
  }
}

/** Writes what came since last time. What fails is written again, once only, the next time. */
export async function writeJournal(): Promise<void> {
  const runs = [...localRuns.values()].filter((run) => !run.end)
  if (runs.length === 0) return
  const events = runs.flatMap((run) => nextEvent(run) ?? [])
  const isBeat = performance.now() - state.beatenAt >= beatMs
  const ids = runs.map((run) => run.messageId)
  const states = await appendEvents(owner, ids, events, isBeat).catch((error: unknown) => {
    if (!isPermanent(error)) throw error
    return appendEach(runs, isBeat)
  })
  if (isBeat) state.beatenAt = performance.now()
  const written = new Map(events.map((event) => [event.messageId, event]))
  for (const run of runs) {
    const known = states.get(run.messageId)
    if (known) heed(run, known, written.get(run.messageId))
    else await retake(run)
  }
}

/** One run's words must not keep those of others out of the log: a run that has unwritable ones ends. */
function nextEvent(run: LocalRun): RunEvent | null {
  try {
    return run.nextEvent()
  } catch (error) {
    endUnwritable(run, error)
    return null
  }
}

/** The same as one statement for all, after PostgreSQL refused that: only the run it refuses ends. */
async function appendEach(
  runs: readonly LocalRun[],
  isBeat: boolean,
): Promise<Map<string, RunState>> {
  const ids = runs.map((run) => run.messageId)
  const states = await appendEvents(owner, ids, [], isBeat)
  for (const run of runs) {
    const event = nextEvent(run)
    if (!event) continue
    await appendEvents(owner, [run.messageId], [event], false).catch((error: unknown) => {
      if (!isPermanent(error)) throw error
      endUnwritable(run, error)
    })
  }
  return states
}

function endUnwritable(run: LocalRun, error: unknown): void {
  log("error", "run-unwritable", { messageId: run.messageId, ...errorFields(error) })
  run.stop("unwritable")
}

function heed(run: LocalRun, { isStopped, stopPlace, isFollowed }: RunState, event?: RunEvent) {
  if (event) run.confirm(event.seq)
  run.isFollowed = isFollowed
  if (event && isFollowed) publish({ about: "run", messageId: run.messageId })
  if (isStopped) run.stop("stopped", stopPlace)
}

/** Somebody took this process for dead, or the message was deleted. */
async function retake(run: LocalRun): Promise<void> {
  if (run.end || !localRuns.has(run.messageId)) return // it ended meanwhile
  if (await retakeAnswer(owner, run.messageId)) return run.restartLog()
  run.isGone = true
  run.stop("interrupted")
}

/** Stops a run as soon as anybody asks for it, in whatever process. Returns how to stop listening. */
export function watchStops(run: LocalRun): () => void {
  // What exactly is wanted stands in the run's row.
  return subscribe("stop", run.messageId, () => {
    appendEvents(owner, [run.messageId], [], false)
      .then((states) => {
        const known = states.get(run.messageId)
        if (known) heed(run, known)
      })
      .catch((error) => log("warn", "journal-failed", errorFields(error)))
  })
}
