import "server-only"
import { AppError } from "../base/errors"
import { findRunStart, listOwnRuns } from "../db/runs"
import { type BegunTurn, beginTurn, findPath, type TurnStart } from "../db/turns"
import { owner } from "../server/process-id"
import { catalogue } from "../upstream/catalogue"
import { pathRoom } from "./context-window"
import { endLostRuns } from "./end-lost-runs"
import { startJournal } from "./journal"
import { beginning, LocalRun, localRuns } from "./local-run"

/**
 * Begins a turn: commits it and makes its runs, which somebody has to write then. None for a turn that was
 * begun before and is written, or was.
 */
export async function begin(
  keyHash: string,
  start: Omit<TurnStart, "owner">,
): Promise<{ turn: BegunTurn; runs: LocalRun[] }> {
  const ids = start.answers.map(({ id }) => id)
  for (const id of ids) beginning.add(id)
  try {
    const pathChars = pathRoom(start.answers.map(({ model }) => catalogue().peek(model)))
    const begun = await beginWhereFree(keyHash, { ...start, owner, pathChars })
    const turn = await adoptIfUnknown(begun, pathChars)
    const runs = turn.isNew ? turn.answers.map(({ id, parts }) => new LocalRun(id, parts)) : []
    // All are there before the first is followed.
    for (const run of runs) localRuns.set(run.messageId, run)
    if (runs.length > 0) startJournal()
    return { turn, runs }
  } finally {
    for (const id of ids) beginning.delete(id)
  }
}

/** Begins a turn; answers whose writer was lost must not stand in its way. */
async function beginWhereFree(keyHash: string, start: TurnStart): Promise<BegunTurn> {
  try {
    return await beginTurn(keyHash, start)
  } catch (error) {
    const isBlocked =
      error instanceof AppError && ["still_answering", "too_many_runs"].includes(error.code)
    if (!isBlocked || (await endLostRuns([], 0)) === 0) throw error
    return await beginTurn(keyHash, start)
  }
}

/**
 * A turn that was begun before under this process's name without it knowing: PostgreSQL committed it after the
 * answer to that was waited for no more. No model was asked, so it begins now.
 */
async function adoptIfUnknown(turn: BegunTurn, pathChars: number): Promise<BegunTurn> {
  const ids = turn.answers.map(({ id }) => id)
  if (turn.isNew || ids.some((id) => localRuns.has(id) || beginning.has(id))) return turn
  for (const id of ids) beginning.add(id)
  try {
    const own = await listOwnRuns(owner, ids)
    if (own.length < ids.length) return turn
    const found = await findPath(turn.user, turn.questionId, pathChars)
    const answers = turn.answers.map(async (answer) => ({
      ...answer,
      parts: [...((await findRunStart(answer.id)) ?? [])],
    }))
    return { ...turn, ...found, isNew: true, answers: await Promise.all(answers) }
  } finally {
    for (const id of ids) beginning.delete(id)
  }
}
