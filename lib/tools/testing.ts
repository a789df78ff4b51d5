import "server-only"
import { KnownUrls } from "./known-urls"
import type { ToolContext } from "./tool"

/** A minimal tool context for tests. */
export function toolContext(known: Partial<ToolContext> = {}): ToolContext {
  return {
    user: { id: "u", name: "Ada", email: "ada@example.com", role: "member" },
    shown: { conversationId: "c", messageId: "m", callId: "1" },
    files: async () => [],
    show: () => undefined,
    signal: AbortSignal.timeout(10_000),
    knownUrls: new KnownUrls([]),
    ...known,
  }
}
