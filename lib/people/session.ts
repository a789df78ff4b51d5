import "server-only"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { cache } from "react"
import { AppError } from "../base/errors"
import { findSessionUser } from "../db/sessions"
import type { User } from "../db/users"
import type { RequestHeaders } from "../server/body"
import { env } from "../server/env"
import { hashKey, sessionCookieName } from "./auth"

/** Whether the browser reached us by https, as far as configuration or the proxy in front says. */
export function isSecureRequest(requestHeaders: RequestHeaders): boolean {
  const { AUTH_URL } = env()
  if (AUTH_URL) return AUTH_URL.startsWith("https:")
  return requestHeaders.get("x-forwarded-proto")?.split(",")[0] === "https"
}

/** Who is signed in, asked of the database once for a page; null for nobody. */
export const findUser = cache(async (): Promise<User | null> => ask(keyIn(await headers())))

/** Asks anew, as often as it is called, whether a request's session still holds: for what stays open. */
export function sessionCheck(request: { headers: RequestHeaders }): () => Promise<boolean> {
  const key = keyIn(request.headers)
  return async () => (await ask(key)) !== null
}

async function ask(key: string | null): Promise<User | null> {
  return key === null ? null : findSessionUser(hashKey(key))
}

/** The key that a browser keeps in its cookie; of the alphabet that keys are made of. */
function keyIn(requestHeaders: RequestHeaders): string | null {
  const name = sessionCookieName(isSecureRequest(requestHeaders))
  for (const cookie of (requestHeaders.get("cookie") ?? "").split(";")) {
    const [found, key] = cookie.trim().split("=", 2)
    if (found === name && key && /^[\w-]+$/.test(key)) return key
  }
  return null
}

/** The signed-in user of a page; sends everybody else to sign in and back to `path`. */
export async function requireUser(path: string): Promise<User> {
  return (await findUser()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
}

/** The signed-in user of a handler; throws `unauthenticated`. */
export async function getUser(request: Request): Promise<User> {
  return await getCaller(request).user()
}

/** Whoever holds a key, who need not be asked for where a statement asks by itself. */
export type Caller = {
  keyHash: string
  /** Throws `unauthenticated`. */
  user(): Promise<User>
}

/** The caller of a handler; throws `unauthenticated` when there is no key at all. */
export function getCaller(request: { headers: RequestHeaders }): Caller {
  const key = keyIn(request.headers)
  if (key === null) throw new AppError("unauthenticated")
  const keyHash = hashKey(key)
  return {
    keyHash,
    async user() {
      const user = await findSessionUser(keyHash)
      if (!user) throw new AppError("unauthenticated")
      return user
    },
  }
}
