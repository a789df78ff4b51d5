import "server-only"
import { processWide } from "../base/process-wide"

/** Number of generation steps in progress in this process. */
export const underWay = processWide("generations", () => ({ steps: 0 }))
