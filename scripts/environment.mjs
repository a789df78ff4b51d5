import { existsSync } from "node:fs"
import { createServer } from "node:net"
import { join, resolve } from "node:path"
import { Failure } from "./failure.mjs"
import { projectDir } from "./project.mjs"

/** Loads .env next to package.json; existing variables take precedence, and empty ones count as unset. */
export function loadEnvironment() {
  const file = join(projectDir, ".env")
  if (existsSync(file)) process.loadEnvFile(file)
  for (const [name, value] of Object.entries(process.env)) {
    if (value === "") delete process.env[name]
  }
}

/**
 * The data folder, host and port.
 * @param {{ DATA_DIR?: string, HOST?: string, PORT?: string }} [env]
 */
export function readSettings(env = process.env) {
  return {
    dataDir: resolve(projectDir, env.DATA_DIR || "data"),
    host: env.HOST || "127.0.0.1",
    port: parsePort(env.PORT || "3000"),
  }
}

/** @param {string} text */
function parsePort(text) {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Failure(`PORT is "${text}". Set it to a number up to 65535, or to 0 for any free port.`)
}

/**
 * The port to listen on: the requested one if it is free, or any free one for 0.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<number>}
 */
export function findPort(port, host = "127.0.0.1") {
  return new Promise((resolvePort, reject) => {
    const server = createServer()
    server.once("error", (error) => reject(new Failure(portAdvice(error.code, port, host))))
    server.listen(port, host, () => {
      const { port: found } = server.address()
      server.close(() => resolvePort(found))
    })
  })
}

/**
 * @param {string} code
 * @param {number} port
 * @param {string} host
 */
function portAdvice(code, port, host) {
  const another = "set PORT to another one, for example PORT=3001 npm start, or to 0 for any"
  if (code === "EADDRINUSE") return `Port ${port} is taken by another program: ${another}.`
  if (code === "EACCES") return `Port ${port} is not allowed for this user: ${another}.`
  return `Cannot listen on HOST ${host}, PORT ${port} (${code}). Check both.`
}

/**
 * The URL for a browser on this machine.
 * @param {string} host what the server listens on
 * @param {number} port
 */
export function addressOf(host, port) {
  const isLocal = ["127.0.0.1", "0.0.0.0", "localhost", "::", "::1"].includes(host)
  return `http://${isLocal ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`
}
