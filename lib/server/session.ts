import "server-only"
import { cookies, headers } from "next/headers"
import { redirect } from "next/navigation"
import { cache } from "react"
import { findSessionUser } from "../db/sessions"
import type { User } from "../db/users"
import { AppError } from "../errors"
import { hashKey, sessionCookieName } from "./auth"
import { env } from "./env"

/** Whether the browser reached us by https, as far as configuration or the proxy in front says. */
export function isSecureRequest(requestHeaders: Headers): boolean {
  const { AUTH_URL } = env()
  if (AUTH_URL) return AUTH_URL.startsWith("https:")
  return requestHeaders.get("x-forwarded-proto")?.split(",")[0] === "https"
}

/** Who is signed in, asked of the database once a request; null for nobody. */
export const findUser = cache(async (): Promise<User | null> => {
  const key = await readKey()
  return key ? findSessionUser(hashKey(key)) : null
})

/** Asks anew, as often as it is called, whether this request's session still holds: for what stays open. */
export async function sessionCheck(): Promise<() => Promise<boolean>> {
  const key = await readKey()
  return async () => key !== undefined && (await findSessionUser(hashKey(key))) !== null
}

async function readKey(): Promise<string | undefined> {
  const isSecure = isSecureRequest(await headers())
  return (await cookies()).get(sessionCookieName(isSecure))?.value
}

/** The signed-in user of a page; sends everybody else to sign in and back to `path`. */
export async function requireUser(path: string): Promise<User> {
  return (await findUser()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
}

/** The signed-in user of a handler; throws `unauthenticated`. */
export async function getUser(): Promise<User> {
  const user = await findUser()
  if (!user) throw new AppError("unauthenticated")
  return user
}
