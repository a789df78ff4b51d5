import { startSimulator } from "@/simulator/server"

export type Upstream = Awaited<ReturnType<typeof startSimulator>> & {
  control: (method: string, path: string, body?: object) => Promise<Response>
}

/** An upstream of a test's own, in a hurry, that can be told what to do. */
export async function startUpstream(): Promise<Upstream> {
  const simulator = await startSimulator()
  const control = (method: string, path: string, body?: object) =>
    fetch(`${simulator.url}/_simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
  const hurry = { match: "", name: "speed", tokensPerSecond: 2_000, delayMs: 0 }
  await control("POST", "scenarios", hurry)
  await control("POST", "scenarios", { match: "", name: "job", queueMs: 0, generatingMs: 300 })
  return { ...simulator, control }
}
