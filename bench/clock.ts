/** Wall clock time in fractional milliseconds, which all processes and the browser share. */
export const now = (): number => performance.timeOrigin + performance.now()
