import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { setTimeout } from "node:timers/promises"
import pg from "pg"
import { newId } from "@/lib/base/id"

const adminUrl = process.env.DATABASE_URL ?? ""

/** An empty database of its own, on the server that the tests have anyway. */
export async function createDatabase(): Promise<string> {
  const name = `test_${newId()}`
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`CREATE DATABASE "${name}"`)
  await client.end()
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Rows of a database, past everything that guards it. */
export async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  return typeof address === "object" && address ? address.port : 0
}

const running = new Set<ChildProcess>()
// A test that fails leaves its servers behind; they end with the process that ran it.
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL")
})

/** The standalone output as an image or a platform would run it: this environment and nothing else. */
export class Server {
  readonly site: string
  output = ""
  private constructor(
    private readonly child: ChildProcess,
    port: number,
  ) {
    this.site = `http://127.0.0.1:${port}`
    const keep = (data: Buffer) => {
      this.output += data
    }
    child.stdout?.on("data", keep)
    child.stderr?.on("data", keep)
  }

  static async start(env: Record<string, string>, port?: number): Promise<Server> {
    const server = await Server.launch(env, port)
    await server.untilReady()
    return server
  }

  /** Starts it without waiting. */
  static async launch(env: Record<string, string>, port?: number): Promise<Server> {
    const ownPort = port ?? (await freePort())
    const child = spawn(process.execPath, [".next/standalone/server.js"], {
      env: { PORT: String(ownPort), HOSTNAME: "127.0.0.1", NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    running.add(child)
    child.once("exit", () => running.delete(child))
    return new Server(child, ownPort)
  }

  async untilReady(): Promise<void> {
    const deadline = Date.now() + 30_000
    while ((await this.status("/api/ready")) !== 200) {
      if (Date.now() > deadline) throw new Error(`the server is not ready:\n${this.output}`)
      await setTimeout(50) // questions without end would take the time that it needs to start
    }
  }

  /** The status of an address; 0 when nobody answers. */
  status(path: string): Promise<number> {
    return fetch(this.site + path).then(
      (response) => response.status,
      () => 0,
    )
  }

  /** Sends a signal and waits for the end; answers with the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null) {
      this.child.kill(signal)
      await once(this.child, "exit")
    }
    return this.child.exitCode
  }

  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "exit")
    return this.child.exitCode
  }
}

/** A wire to the database that can be cut and mended, and tells what went over it. */
export async function createWire(targetUrl: string) {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  const statements: string[] = []
  let isCut = false
  let losing: RegExp | null = null
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on("error", () => socket.destroy())
      socket.on("close", () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    let isLost = false
    const hear = (statement: string) => {
      statements.push(statement)
      isLost ||= losing?.test(statement) ?? false
    }
    near.on("data", listen(hear))
    far.on("data", () => {
      if (!isLost) return
      losing = null
      near.destroy()
    })
    near.pipe(far).pipe(near)
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const url = new URL(targetUrl)
  url.hostname = "127.0.0.1"
  url.port = String(typeof address === "object" && address ? address.port : 0)
  return {
    url: url.href,
    /** Every statement that was run so far. */
    statements,
    /** The line stands and says nothing, as when a machine was unplugged. */
    silence() {
      for (const socket of sockets) socket.pause()
    },
    /** Breaks the connection of the next such statement once it is done, before anybody hears of it. */
    loseAnswerTo(statement: RegExp) {
      losing = statement
    },
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/**
 * Understands what a client of PostgreSQL sends on one connection (its documentation, "Message Formats"):
 * a letter, four bytes of length, and what belongs to it. Only the first message has no letter.
 */
function listen(hear: (statement: string) => void): (data: Buffer) => void {
  const prepared = new Map<string, string>()
  let rest = Buffer.alloc(0)
  let isBegun = false
  let bound = ""
  return (data) => {
    rest = Buffer.concat([rest, data])
    for (;;) {
      const head = isBegun ? 1 : 0
      if (rest.length < head + 4) return
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return
      const [first = "", second = ""] = rest.toString("utf8", head + 4, end).split("\0")
      const kind = isBegun ? String.fromCharCode(rest[0] ?? 0) : ""
      if (kind === "P") prepared.set(first, second)
      if (kind === "B") bound = prepared.get(second) ?? ""
      if (kind === "E") hear(bound)
      if (kind === "Q") hear(first)
      isBegun = true
      rest = rest.subarray(end)
    }
  }
}
