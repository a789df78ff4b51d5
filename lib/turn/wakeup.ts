import "server-only"

/** Wakes one waiter. A notification that comes while nobody waits is kept for the next `wait`. */
export type Wakeup = {
  readonly notify: () => void
  /** Settles once it was notified since last time. */
  wait(): Promise<void>
}

export function createWakeup(): Wakeup {
  let isNotified = false
  let wake: () => void = () => undefined
  return {
    notify() {
      isNotified = true
      wake()
    },
    async wait() {
      if (!isNotified) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      isNotified = false
    },
  }
}
