import type { Server } from "node:http"
import type { AddressInfo } from "node:net"

/** Listens where there is room and tells the parent. Ends with it. */
export function serve(server: Server): void {
  // A connection that waits for its next request must not be closed in that very moment.
  server.keepAliveTimeout = 10 * 60_000
  server.listen(0, "127.0.0.1", 4_096, () => {
    const { port } = server.address() as AddressInfo // it listens on TCP
    process.send?.({ url: `http://127.0.0.1:${port}` })
  })
  process.on("disconnect", () => process.exit())
}
