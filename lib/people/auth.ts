import "server-only"
import { createHmac, randomBytes } from "node:crypto"
import type { NextAuthOptions } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { z } from "zod"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { countAttempt, forgiveAttempt } from "../db/attempts"
import { createSession, findSessionUser, removeSession } from "../db/sessions"
import { findUserByEmail } from "../db/users"
import { toAppError } from "../server/app-error"
import { env } from "../server/env"
import { log } from "../server/log"
import { checkPassword } from "./passwords"

const sessionSeconds = limits.sessionDays * 24 * 60 * 60

/** Email addresses in normalized form, as stored and compared. */
export const emailSchema = z
  .string()
  .max(limits.emailChars)
  .transform((email) => email.normalize("NFKC").trim().toLowerCase())
  .pipe(z.string().max(limits.emailChars))
  .pipe(z.email("Enter an email address such as name@example.com."))

const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(limits.passwordMaxChars),
})

/** The hash of a session key that the database stores; it cannot be computed without AUTH_SECRET. */
export function hashKey(key: string): string {
  return createHmac("sha256", env().AUTH_SECRET).update(key).digest("base64url")
}

/** The session cookie's name; over https the `__Host-` prefix binds it to this host. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-polylogue-session" : "polylogue-session"
}

/** Verifies an email and password; null if they are wrong. Throws `too_many_attempts`. */
async function checkCredentials(input: unknown, network: string) {
  const parsed = credentialsSchema.safeParse(input)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const accountKey = `sign-in:account:${createHmac("sha256", env().AUTH_SECRET).update(email).digest("base64url")}`
  const networkKey = `sign-in:network:${network}`
  const tries = await Promise.all([countAttempt(accountKey), countAttempt(networkKey)])
  if (tries[0] > limits.signInsPerAccount || tries[1] > limits.signInsPerNetwork) {
    throw new AppError("too_many_attempts")
  }
  const user = await findUserByEmail(email)
  if (!(await checkPassword(password, user?.passwordHash)) || !user) return null
  await Promise.all([forgiveAttempt(accountKey), forgiveAttempt(networkKey)])
  return { id: user.id, name: user.name, email: user.email }
}

/**
 * next-auth with opaque sessions: the cookie is a random key, the database stores its hash, and every request looks
 * it up. (next-auth's database strategy does not support passwords.)
 */
export function authOptions(visit: {
  isSecure: boolean
  network: string
  /** Called with errors that have their own status, which next-auth would report as a wrong password. */
  onRefusal: (error: AppError) => void
}): NextAuthOptions {
  const { isSecure, network } = visit
  const cookie = (name: string) => ({
    name: isSecure ? `__Host-polylogue-${name}` : `polylogue-${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure },
  })
  return {
    secret: env().AUTH_SECRET,
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: { ...cookie("session"), name: sessionCookieName(isSecure) },
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("callback"),
    },
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: {
      async encode({ token }) {
        if (typeof token?.sessionKey === "string") return token.sessionKey
        if (!token?.sub) throw new AppError("unauthenticated")
        const key = randomBytes(32).toString("base64url")
        await createSession(token.sub, hashKey(key))
        return key
      },
      async decode({ token }) {
        const user = token ? await findSessionUser(hashKey(token)) : null
        return user && { sub: user.id, name: user.name, email: user.email, sessionKey: token }
      },
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (input) =>
          checkCredentials(input, network).catch((error) => {
            visit.onRefusal(toAppError(error))
            return null
          }),
      }),
    ],
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionKey === "string") await removeSession(hashKey(token.sessionKey))
      },
    },
    logger: {
      error(code, metadata) {
        // An expired session is routine, not an error.
        if (code !== "JWT_SESSION_ERROR") log("error", "auth", { code, error: errorOf(metadata) })
      },
      warn(code) {
        if (code !== "NEXTAUTH_URL") log("warn", "auth", { code })
      },
      debug() {},
    },
  }
}

function errorOf(metadata: Error | { error?: unknown }): string {
  const error = metadata instanceof Error ? metadata : metadata.error
  return error instanceof Error ? error.message : "unknown"
}
