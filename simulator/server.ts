// A stand-in for https://api.aimlapi.com on this machine: same addresses, same words, same quirks,
// so that the app can be developed, tested and shown without a key or a network.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { billingRoutes } from "./billing"
import { Catalogue } from "./catalogue"
import { catalogueControlRoutes } from "./catalogue-control"
import { chatRoutes } from "./chat"
import { completionsRoutes } from "./completions"
import { controlRoutes } from "./control"
import { docsRoutes } from "./docs"
import { embeddingRoutes } from "./embedding"
import { Exchange, Refusal, type Route, type Simulator } from "./exchange"
import { imageEditRoutes } from "./image-edits"
import { imageRoutes } from "./images"
import { Jobs } from "./jobs"
import { Ledger } from "./ledger"
import { MediaStore, mediaRoutes } from "./media-store"
import { messageRoutes } from "./messages"
import { modelRoutes } from "./models"
import { musicRoutes } from "./music"
import { ocrRoutes } from "./ocr"
import { RequestLog } from "./request-log"
import { responseRoutes } from "./responses"
import { Rules } from "./scenarios"
import { searchRoutes } from "./search"
import { speechRoutes } from "./speech"
import { transcriptionRoutes } from "./transcription"
import { Trouble } from "./trouble"
import { usageRoutes } from "./usage"
import { videoRoutes } from "./video"
import { visionRoutes } from "./vision"

const routes: Route[] = [
  ...modelRoutes,
  ...docsRoutes,
  ...chatRoutes,
  ...responseRoutes,
  ...messageRoutes,
  ...mediaRoutes,
  ...billingRoutes,
  ...usageRoutes,
  ...imageRoutes,
  ...imageEditRoutes,
  ...speechRoutes,
  ...transcriptionRoutes,
  ...videoRoutes,
  ...musicRoutes,
  ...ocrRoutes,
  ...visionRoutes,
  ...embeddingRoutes,
  ...searchRoutes,
  ...completionsRoutes,
  ...controlRoutes,
  ...catalogueControlRoutes,
]

async function dispatch(exchange: Exchange): Promise<void> {
  const { method } = exchange.request
  for (const route of routes) {
    const match = route.method === method && route.path.exec(exchange.url.pathname)
    if (match) return await route.handle(exchange, match.slice(1))
  }
  throw new Refusal(404, `Cannot ${method} ${exchange.url.pathname}`)
}

async function answer(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A path such as "//model" is legal in a request line and must not be read as a host.
  const url = new URL(`http://simulator${request.url ?? "/"}`)
  const exchange = new Exchange(request, response, url, simulator)
  if (!url.pathname.startsWith("/_simulator/")) simulator.log.add(exchange.entry)
  try {
    await dispatch(exchange)
  } catch (error) {
    exchange.failed()
    if (exchange.gone.aborted) return
    if (response.headersSent) response.destroy()
    else if (error instanceof Refusal) exchange.refuse(error.statusCode, error.message)
    else exchange.refuse(500)
    if (!(error instanceof Refusal)) console.error(error)
  }
}

/** Starts a simulator. Port 0 takes any free one. */
export function startSimulator({
  port = 0,
  host = "127.0.0.1",
}: {
  port?: number
  host?: string
} = {}): Promise<{ url: string; close(): Promise<void> }> {
  const catalogue = new Catalogue()
  const ledger = new Ledger()
  const simulator: Simulator = {
    rules: new Rules(),
    log: new RequestLog(),
    catalogue,
    ledger,
    trouble: new Trouble(catalogue, ledger),
    jobs: new Jobs(),
    media: new MediaStore(),
  }
  const server = createServer((request, response) => void answer(simulator, request, response))
  // Longer than clients keep a connection: one that closes just as it is used looks like a fault.
  server.keepAliveTimeout = 65_000
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      const address = server.address()
      const boundPort = typeof address === "object" && address ? address.port : port
      const name = host.includes(":") ? `[${host}]` : host
      resolve({ url: `http://${name}:${boundPort}`, close })
    })
  })
}
