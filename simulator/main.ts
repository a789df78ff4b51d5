import { z } from "zod"
import { startSimulator } from "./server"

const environment = z
  .object({
    SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SIMULATOR_HOST: z.string().min(1).default("127.0.0.1"),
  })
  .safeParse(process.env)
if (!environment.success) {
  console.error("SIMULATOR_PORT must be a number from 0 to 65535, or unset for any free port.")
  process.exit(1)
}

const simulator = await startSimulator({
  port: environment.data.SIMULATOR_PORT,
  host: environment.data.SIMULATOR_HOST,
})

let isClosing = false
async function stop(): Promise<void> {
  if (isClosing) return
  isClosing = true
  await simulator.close()
  process.exit(0)
}

process.on("SIGTERM", stop)
process.on("SIGINT", stop)
process.on("disconnect", stop)
console.log(`simulator ready ${simulator.url}`)
