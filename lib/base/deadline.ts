/**
 * Runs `work` with a signal that aborts with `outer` or after `limitMs`, and detaches it from `outer` afterwards.
 * `AbortSignal.any` would keep the signal and its listeners alive until a source aborts, which never happens when
 * the work succeeds.
 */
export async function withDeadline<Result>(
  limitMs: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = startDeadline(limitMs, outer)
  try {
    return await work(deadline.signal)
  } finally {
    deadline.end()
  }
}

/** Like `withDeadline`, for work that finishes elsewhere; the caller must call `end`. */
export function startDeadline(limitMs: number, outer?: AbortSignal) {
  const controller = new AbortController()
  const follow = () => controller.abort(outer?.reason)
  const timer = setTimeout(
    () => controller.abort(new DOMException("It took too long.", "TimeoutError")),
    limitMs,
  )
  if (outer?.aborted) follow()
  else outer?.addEventListener("abort", follow)
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      outer?.removeEventListener("abort", follow)
    },
  }
}
