import { randomBytes } from "node:crypto"
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { Failure } from "./failure.mjs"

/** @typedef {{ authSecret: string, databasePassword: string }} Secrets */

const FILE = "secrets.json"

/**
 * Creates the data folder with private permissions. An existing folder with other content keeps its mode.
 * @param {string} dataDir
 */
export function prepareDataDir(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const names = readdirSync(dataDir)
  const isOurs = names.length === 0 || names.includes(FILE)
  if (isOurs && statSync(dataDir).uid === process.getuid?.()) chmodSync(dataDir, 0o700)
}

/**
 * The secrets of this data folder, created on first use.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  const path = join(dataDir, FILE)
  createOnce(path, { authSecret: randomSecret(), databasePassword: randomSecret() })
  chmodSync(path, 0o600)
  try {
    const { authSecret, databasePassword } = JSON.parse(readFileSync(path, "utf8"))
    if (isSecret(authSecret) && isSecret(databasePassword)) return { authSecret, databasePassword }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Failure(`${path} is damaged: put back a copy of it, or start with an empty DATA_DIR.`)
}

function randomSecret() {
  return randomBytes(32).toString("base64url")
}

/** @param {unknown} value */
function isSecret(value) {
  return typeof value === "string" && value.length >= 32
}

/**
 * Writes a draft and hard-links it, so that the file is complete as soon as it exists and is never overwritten.
 * @param {string} path
 * @param {Secrets} secrets
 */
function createOnce(path, secrets) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (error.code !== "EEXIST") throw error
  } finally {
    rmSync(draft)
  }
}
