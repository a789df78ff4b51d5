/** Milliseconds on the wall clock with fractions: what all processes and the browser have in common. */
export const now = (): number => performance.timeOrigin + performance.now()
