import NextAuth from "next-auth"
import { AppError } from "@/lib/errors"
import { authOptions } from "@/lib/server/auth"
import { networkOf } from "@/lib/server/network"
import { checkOrigin, failure } from "@/lib/server/route"
import { isSecureRequest } from "@/lib/server/session"

type Context = { params: Promise<{ nextauth: string[] }> }

/** next-auth's own addresses: csrf, callback/credentials, session, signout. */
async function handle(request: Request, context: Context): Promise<Response> {
  try {
    // Its forms carry a token of their own, so that a client without an Origin header is no danger here.
    if (request.method !== "GET" && request.headers.has("origin")) checkOrigin(request)
    const { headers } = request
    return await NextAuth(
      request,
      context,
      authOptions(isSecureRequest(headers), networkOf(headers)),
    )
  } catch (error) {
    return failure(error)
  }
}

export { handle as GET, handle as POST }
