/**
 * Does some work with a signal that is aborted with `outer`, or after `limitMs`. What the work leaves listening
 * to the signal goes with it: `AbortSignal.any` keeps every signal that is listened to, and all that hangs on
 * it, until one of its sources is aborted, which for work that ends well never happens.
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

/** The same for work that ends elsewhere: `end` must be called then. */
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
