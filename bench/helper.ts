import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { projectDir } from "../scripts/project.mjs"

const programs = {
  upstream: new URL("./upstream.ts", import.meta.url),
  pipe: new URL("./pipe.ts", import.meta.url),
  load: new URL("./load.ts", import.meta.url),
}

/** A child process next to the server: upstream, pipe or load generator. */
export type Helper = { pid: number; process: ChildProcess; stop: () => Promise<void> }

/** Starts a file of this folder as a lightweight child process. */
export function startHelper(name: keyof typeof programs, args: string[] = []): Helper {
  const child = fork(fileURLToPath(programs[name]), args, {
    cwd: projectDir,
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  })
  return {
    pid: child.pid ?? 0,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.disconnect()
      child.kill()
      await once(child, "exit")
    },
  }
}

/** The next message of a helper. Throws if it exits first. */
export async function nextMessage(helper: Helper): Promise<unknown> {
  const waiting = new AbortController()
  const { signal } = waiting
  const ended = once(helper.process, "exit", { signal }).then(() => {
    throw new Error(`A process of the benchmark (${helper.process.spawnargs.join(" ")}) ended.`)
  })
  try {
    const [message] = await Promise.race([once(helper.process, "message", { signal }), ended])
    return message
  } finally {
    waiting.abort()
  }
}

/** Starts a helper that serves HTTP; resolves once it listens. */
export async function startServing(name: "upstream" | "pipe", args: string[] = []) {
  const helper = startHelper(name, args)
  const { url } = (await nextMessage(helper)) as { url: string } // sent by helper-process.ts
  return { ...helper, url }
}
