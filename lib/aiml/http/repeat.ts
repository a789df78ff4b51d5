import { setTimeout as sleep } from "node:timers/promises"
import { fromResponse } from "./failure"

const maxTries = 3
/** Pause before the second attempt; doubled before the third. */
const firstPauseMs = 2_000
/** If the upstream asks for a longer pause, give up. */
const longestPauseMs = 60_000

/** Statuses that mean the request was not processed; failed requests are free. */
const undone = new Set([429, 500, 502, 503])

type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<unknown>

/**
 * Sends a request and retries only if it was certainly not processed: the upstream was unreachable, or reports that
 * it was too busy or failed. Anything else may have been charged and is sent once: gateway timeouts (504, 524),
 * connections broken midway, responses that have started.
 */
export async function sendUntilTaken(
  send: () => Promise<Response>,
  signal: AbortSignal | undefined,
  pause: Pause = (ms) => sleep(ms, undefined, { ...(signal && { signal }) }),
): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const isLast = tries === maxTries
    const backoffMs = firstPauseMs * 2 ** (tries - 1)
    const response = await send().catch((error: unknown) => {
      if (isLast || !isUnreached(error)) throw error
      return null
    })
    if (response && (isLast || !(await isUndone(response)))) return response
    await pause(response ? (askedPauseMs(response) ?? backoffMs) : backoffMs, signal)
    await response?.body?.cancel()
  }
}

/** Also considers the message: retries do not help with maintenance or an exhausted quota. */
async function isUndone(response: Response): Promise<boolean> {
  if (!undone.has(response.status)) return false
  const { code } = await fromResponse(response.clone())
  return code === "model_busy" || code === "model_failed"
}

function askedPauseMs({ headers }: Response): number | undefined {
  const asked = headers.get("retry-after")
  if (asked === null) return undefined
  const seconds = Number(asked)
  const ms = Number.isNaN(seconds) ? Date.parse(asked) - Date.now() : seconds * 1_000
  return ms >= 0 && ms < longestPauseMs ? ms : undefined
}

/** Whether the connection itself failed, before any of the request was sent. */
function isUnreached(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {}
  if (cause instanceof AggregateError) return cause.errors.every(isOfConnecting)
  return isOfConnecting(cause)
}

function isOfConnecting(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { syscall, code } = error as NodeJS.ErrnoException // both are optional
  return syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT"
}
