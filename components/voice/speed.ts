/** How fast messages are read. */
export const speeds = [1, 1.25, 1.5, 2] as const

const key = "reading-speed"

/** The speed that was chosen in this browser last. */
export function readSpeed(): number {
  const kept = Number(localStorage.getItem(key))
  return speeds.find((speed) => speed === kept) ?? 1
}

export function rememberSpeed(speed: number): void {
  localStorage.setItem(key, String(speed))
}
