import "server-only"
import { AppError } from "../base/errors"
import { processWide } from "../base/process-wide"

const state = processWide("readiness", () => ({ isMigrated: false, isDraining: false }))

/** Called once the database schema is up to date. */
export function setMigrated(): void {
  state.isMigrated = true
}

/** Called on shutdown: running work may finish, new work is refused. */
export function setDraining(): void {
  state.isDraining = true
}

/** Whether the process is shutting down. */
export function isDraining(): boolean {
  return state.isDraining
}

/** Throws `unavailable` unless new work may start. */
export function checkReady(): void {
  if (!state.isMigrated || state.isDraining) throw new AppError("unavailable")
}
