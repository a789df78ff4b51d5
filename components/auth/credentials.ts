import { AppError } from "@/lib/base/errors"
import { request, requestJson } from "../api"

/** Signs in by next-auth's own addresses. Throws AppError. */
export async function signIn(email: string, password: string): Promise<void> {
  const { csrfToken } = await requestJson<{ csrfToken: string }>("/api/auth/csrf")
  await request("/api/auth/callback/credentials", {
    method: "POST",
    body: { email, password, csrfToken, json: "true" },
  }).catch((error) => {
    const isRefused = error instanceof AppError && error.code === "unauthenticated"
    throw isRefused ? new AppError("bad_credentials") : error
  })
}

/** Ends this browser's session and forgets the drafts that were kept for it. */
export async function signOut(): Promise<void> {
  const { csrfToken } = await requestJson<{ csrfToken: string }>("/api/auth/csrf")
  await request("/api/auth/signout", { method: "POST", body: { csrfToken, json: "true" } })
  forgetAndLeave()
}

/** Ends every session of this person, on all machines. */
export async function signOutEverywhere(): Promise<void> {
  await request("/api/sessions", { method: "DELETE" })
  forgetAndLeave()
}

function forgetAndLeave(): void {
  localStorage.clear()
  location.assign("/sign-in")
}

/** A path on this site to go to after signing in; anything else is the front page. */
export function safePath(callback: string | undefined): string {
  if (!callback?.startsWith("/") || !URL.canParse(callback, "http://here.invalid")) return "/"
  const { host, pathname, search, hash } = new URL(callback, "http://here.invalid")
  // Dots in a path can leave one that starts with two slashes: another host, to a browser.
  return host === "here.invalid" && !pathname.startsWith("//") ? pathname + search + hash : "/"
}
