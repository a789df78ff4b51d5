import "server-only"
import { hash, verify } from "@node-rs/argon2"
import { limits } from "../base/limits"

// OWASP's first choice for argon2id (argon2id is this library's default).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Tens of thousands of words, that a server needs when somebody chooses a password.
let commonPasswords: Promise<Set<unknown>> | undefined

async function isCommon(password: string): Promise<boolean> {
  commonPasswords ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  )
  return (await commonPasswords).has(password.toLowerCase())
}

let dummyHash: Promise<string> | undefined

/** The argon2id hash to keep. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** Whether the password fits the hash. Without a hash (no such account) it takes as long, and does not. */
export async function checkPassword(password: string, kept: string | undefined): Promise<boolean> {
  dummyHash ??= hash("a password that nobody has", cost)
  const fits = await verify(kept ?? (await dummyHash), password)
  return fits && kept !== undefined
}

/** What is wrong with a new password, in words for the form; null when it is good. */
export async function passwordProblem(password: string): Promise<string | null> {
  if (password.length < limits.passwordMinChars) {
    return `Use at least ${limits.passwordMinChars} characters for the password; 15 are better.`
  }
  if (password.length > limits.passwordMaxChars) {
    return `Use at most ${limits.passwordMaxChars} characters for the password.`
  }
  if (await isCommon(password)) {
    return "This password is on every list of common ones. Choose another."
  }
  return null
}
