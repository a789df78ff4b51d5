import "server-only"
import { createHmac, timingSafeEqual } from "node:crypto"
import { hasNoUsers } from "../db/users"
import { env } from "../server/env"
import { log } from "../server/log"

/**
 * Lets the administrator in where new accounts are closed from the start. The log has it, and it is worth nothing
 * once there is an account. Derived, so that all processes of an installation have the same.
 */
function setupToken(): string {
  return createHmac("sha256", env().AUTH_SECRET).update("setup").digest("base64url")
}

/** Whether this is the token; whether it still lets anybody in is decided where the account is made. */
export function isSetupToken(given: string | undefined): boolean {
  const [expected, received] = [Buffer.from(setupToken()), Buffer.from(given ?? "")]
  return expected.length === received.length && timingSafeEqual(expected, received)
}

/** Says in the log how the first account is made, unless the door is open or somebody has one. */
export async function offerSetup(): Promise<void> {
  if (env().SIGN_UP === "open" || !(await hasNoUsers())) return
  log("warn", "setup-needed", { path: `/sign-up?setup=${setupToken()}` })
}
