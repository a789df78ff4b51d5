import "server-only"
import { hash, verify } from "@node-rs/argon2"
import { limits } from "../base/limits"

// OWASP's first recommendation for argon2id (this library's default algorithm).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Tens of thousands of words, loaded only when someone sets a password.
let commonPasswords: Promise<Set<unknown>> | undefined

async function isCommon(password: string): Promise<boolean> {
  commonPasswords ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  )
  return (await commonPasswords).has(password.toLowerCase())
}

let dummyHash: Promise<string> | undefined

/** The argon2id hash to store. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/**
 * Verifies a password against its hash. Without a hash (no such account) it takes the same time and returns false.
 */
export async function checkPassword(password: string, kept: string | undefined): Promise<boolean> {
  dummyHash ??= hash("a password that nobody has", cost)
  const fits = await verify(kept ?? (await dummyHash), password)
  return fits && kept !== undefined
}

/** Why a new password is not accepted, as a message for the form; null if it is. */
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
