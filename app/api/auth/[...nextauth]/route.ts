import { NextRequest } from "next/server"
import NextAuth from "next-auth"
import { AppError } from "@/lib/base/errors"
import { removeSession } from "@/lib/db/sessions"
import { authOptions, hashKey, sessionCookieName } from "@/lib/people/auth"
import { isSecureRequest } from "@/lib/people/session"
import { readBytes } from "@/lib/server/body"
import { networkOf } from "@/lib/server/network"
import { checkOrigin, failure } from "@/lib/server/route"

type Context = { params: Promise<{ nextauth: string[] }> }

// The next-auth endpoints our pages use; the others would serve its own pages and logging.
const addresses = ["GET csrf", "GET session", "POST signout", "POST callback/credentials"]
const bodyBytes = 16_384

/** The next-auth endpoints: csrf, session, signout, callback/credentials. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    const address = `${request.method} ${(await context.params).nextauth.join("/")}`
    if (!addresses.includes(address)) throw new AppError("not_found")
    // Its forms carry a CSRF token, so a client without an Origin header is safe here.
    if (request.method !== "GET" && request.headers.has("origin")) checkOrigin(request)
    const { headers } = request
    const isSecure = isSecureRequest(headers)
    let refusal: AppError | undefined
    const options = authOptions({
      isSecure,
      network: networkOf(headers),
      onRefusal: (error) => {
        refusal = error
      },
    })
    const response: Response = await NextAuth(await bounded(request), context, options)
    response.headers.set("cache-control", "private, no-store")
    if (refusal) return failure(refusal)
    if (response.status >= 500) throw new AppError("invalid")
    if (address === "POST callback/credentials" && response.ok) await endSession(request, isSecure)
    return response
  } catch (error) {
    return failure(error)
  }
}

/** Rebuilds the request with a small body of plain fields, because next-auth accepts any body. */
async function bounded(request: NextRequest): Promise<NextRequest> {
  if (request.method === "GET") return request
  const text = new TextDecoder().decode(await readBytes(request, bodyBytes))
  const isJson = request.headers.get("content-type")?.includes("application/json")
  const fields = isJson ? readFields(text) : new URLSearchParams(text)
  const headers = new Headers(request.headers)
  headers.set("content-type", "application/x-www-form-urlencoded")
  headers.delete("content-length")
  return new NextRequest(request.url, { method: "POST", headers, body: fields.toString() })
}

function readFields(text: string): URLSearchParams {
  try {
    const fields = Object.entries(JSON.parse(text))
    return new URLSearchParams(
      fields.filter((field): field is [string, string] => typeof field[1] === "string"),
    )
  } catch {
    throw new AppError("invalid", { message: "The body is not valid JSON." })
  }
}

/** Signing in again ends this browser's previous session. */
async function endSession(request: NextRequest, isSecure: boolean): Promise<void> {
  const key = request.cookies.get(sessionCookieName(isSecure))?.value
  if (key) await removeSession(hashKey(key))
}

export { handle as GET, handle as POST }
