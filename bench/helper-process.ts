import type { Server } from "node:http"
import type { AddressInfo } from "node:net"

/** Listens on a free port and reports it to the parent. Exits with the parent. */
export function serve(server: Server): void {
  // An idle keep-alive connection must not be closed just as the next request is sent.
  server.keepAliveTimeout = 10 * 60_000
  server.listen(0, "127.0.0.1", 4_096, () => {
    const { port } = server.address() as AddressInfo // it listens on TCP
    process.send?.({ url: `http://127.0.0.1:${port}` })
  })
  process.on("disconnect", () => process.exit())
}
