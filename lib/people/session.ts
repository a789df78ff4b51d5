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

/** Whether the browser connected by https, according to the configuration or the proxy. */
export function isSecureRequest(requestHeaders: RequestHeaders): boolean {
  const { AUTH_URL } = env()
  if (AUTH_URL) return AUTH_URL.startsWith("https:")
  return requestHeaders.get("x-forwarded-proto")?.split(",")[0] === "https"
}

/** The signed-in user of a page, or null; one query per render. */
export const findUser = cache(async (): Promise<User | null> => ask(keyIn(await headers())))

/** A function that re-checks the request's session on every call, for long-lived connections. */
export function sessionCheck(request: { headers: RequestHeaders }): () => Promise<boolean> {
  const key = keyIn(request.headers)
  return async () => (await ask(key)) !== null
}

async function ask(key: string | null): Promise<User | null> {
  return key === null ? null : findSessionUser(hashKey(key))
}

/** The session key from the cookie, if it is well-formed. */
function keyIn(requestHeaders: RequestHeaders): string | null {
  const name = sessionCookieName(isSecureRequest(requestHeaders))
  for (const cookie of (requestHeaders.get("cookie") ?? "").split(";")) {
    const [found, key] = cookie.trim().split("=", 2)
    if (found === name && key && /^[\w-]+$/.test(key)) return key
  }
  return null
}

/** The signed-in user of a page; redirects to sign-in and back to `path` otherwise. */
export async function requireUser(path: string): Promise<User> {
  return (await findUser()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
}

/** The signed-in user of a handler; throws `unauthenticated`. */
export async function getUser(request: Request): Promise<User> {
  return await getCaller(request).user()
}

/** The holder of a session key that may not have been verified yet, for statements that verify it themselves. */
export type Caller = {
  keyHash: string
  /** Verifies the session; throws `unauthenticated`. */
  user(): Promise<User>
}

/** The caller of a handler; throws `unauthenticated` if the request has no session key. */
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
