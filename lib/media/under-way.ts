import "server-only"
import { processWide } from "../base/process-wide"

/** How many steps of generations this process is in the middle of. */
export const underWay = processWide("generations", () => ({ steps: 0 }))
