import { setTimeout as sleep } from "node:timers/promises"
import { fromResponse } from "./failure"

const mostTries = 3
/** Before the second try; twice as long before the third. */
const firstPauseMs = 2_000
/** A longer pause that the upstream asks for is not waited for. */
const longestPauseMs = 60_000

/** Answers that say of a request that nothing came of it; failed requests cost nothing. */
const undone = new Set([429, 500, 502, 503])

type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<unknown>

/**
 * Sends a request, and again where it is certain that nothing was done for it: the upstream was not reached,
 * or says that it was too busy or failed. Everything else is sent once, since it may have been charged:
 * what a gateway gave up waiting for (504, 524), a connection that broke on the way, an answer that began.
 */
export async function sendUntilTaken(
  send: () => Promise<Response>,
  signal: AbortSignal | undefined,
  pause: Pause = (ms) => sleep(ms, undefined, { ...(signal && { signal }) }),
): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const isLast = tries === mostTries
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

/** The words count as well: no trying helps a model under maintenance or an allowance that is used up. */
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

/** Whether it failed while the connection was made, before a byte of the request could leave. */
function isUnreached(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {}
  if (cause instanceof AggregateError) return cause.errors.every(isOfConnecting)
  return isOfConnecting(cause)
}

function isOfConnecting(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { syscall, code } = error as NodeJS.ErrnoException // both may be there, for all that is known
  return syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT"
}
