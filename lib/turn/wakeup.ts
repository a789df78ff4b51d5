import "server-only"

/** Wakes one who waits. Rung while nobody waits, it is heard by the next. */
export type Bell = {
  readonly ring: () => void
  /** Settles when it was rung since last time. */
  rung(): Promise<void>
}

export function createBell(): Bell {
  let isRung = false
  let wake: () => void = () => undefined
  return {
    ring() {
      isRung = true
      wake()
    },
    async rung() {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      isRung = false
    },
  }
}
