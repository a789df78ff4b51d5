import type { Route } from "../exchange"
import { assistantRoutes } from "./assistants"
import { fileRoutes } from "./files"
import { runRoutes } from "./runs"
import { threadMessageRoutes } from "./thread-messages"
import { threadRoutes } from "./threads"

/** The routes of assistants. Runs come before threads, one of which could be called "runs". */
export const assistantsRoutes: Route[] = [
  ...fileRoutes,
  ...assistantRoutes,
  ...runRoutes,
  ...threadMessageRoutes,
  ...threadRoutes,
]
