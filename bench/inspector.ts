import { z } from "zod"

const heapSchema = z.object({ usedSize: z.number() })
const foundSchema = z.object({ result: z.object({ objectId: z.string() }) })
const listSchema = z.object({ objects: z.object({ objectId: z.string() }) })
const valueSchema = z.object({ result: z.object({ value: z.number() }) })

/** Inspects a server process's heap through Node's inspector on a local port. */
export async function inspect(port: number) {
  const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()
  const [target] = z.tuple([z.object({ webSocketDebuggerUrl: z.string() })]).parse(targets)
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }))
  const waiting = new Map<number, (result: unknown) => void>()
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(data)
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  let calls = 0
  const call = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve) => {
      calls += 1
      waiting.set(calls, resolve)
      socket.send(JSON.stringify({ id: calls, method, params }))
    })
  return {
    /** Used heap bytes after a full garbage collection. */
    async usedBytes(): Promise<number> {
      for (let round = 0; round < 3; round++) await call("HeapProfiler.collectGarbage")
      return heapSchema.parse(await call("Runtime.getHeapUsage")).usedSize
    },
    /** The number of live objects with the prototype that an expression evaluates to. */
    async count(prototype: string): Promise<number> {
      const found = await call("Runtime.evaluate", { expression: prototype })
      const prototypeObjectId = foundSchema.parse(found).result.objectId
      const listed = await call("Runtime.queryObjects", { prototypeObjectId })
      const { objectId } = listSchema.parse(listed).objects
      const functionDeclaration = "function () { return this.length }"
      const asked = { functionDeclaration, objectId, returnByValue: true }
      const counted = await call("Runtime.callFunctionOn", asked)
      await call("Runtime.releaseObject", { objectId })
      return valueSchema.parse(counted).result.value
    },
    close: () => socket.close(),
  }
}
