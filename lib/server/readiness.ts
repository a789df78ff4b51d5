import "server-only"
import { AppError } from "../base/errors"
import { processWide } from "../base/process-wide"

const state = processWide("readiness", () => ({ isMigrated: false, isDraining: false }))

/** Said once the database has the shape that this version needs. */
export function setMigrated(): void {
  state.isMigrated = true
}

/** Said when the process was asked to end: what runs may finish, nothing new begins. */
export function setDraining(): void {
  state.isDraining = true
}

/** Whether the process was asked to end. */
export function isDraining(): boolean {
  return state.isDraining
}

/** Throws `unavailable` unless new work may begin. */
export function checkReady(): void {
  if (!state.isMigrated || state.isDraining) throw new AppError("unavailable")
}
