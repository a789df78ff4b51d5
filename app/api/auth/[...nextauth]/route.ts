import type { NextRequest } from "next/server"
import NextAuth from "next-auth"
import type { AppError } from "@/lib/errors"
import { authOptions } from "@/lib/server/auth"
import { networkOf } from "@/lib/server/network"
import { checkOrigin, failure } from "@/lib/server/route"
import { isSecureRequest } from "@/lib/server/session"

type Context = { params: Promise<{ nextauth: string[] }> }

/** next-auth's own addresses: csrf, callback/credentials, session, signout. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    // Its forms carry a token of their own, so that a client without an Origin header is no danger here.
    if (request.method !== "GET" && request.headers.has("origin")) checkOrigin(request)
    const { headers } = request
    let refusal: AppError | undefined
    const options = authOptions({
      isSecure: isSecureRequest(headers),
      network: networkOf(headers),
      onRefusal: (error) => {
        refusal = error
      },
    })
    const response: Response = await NextAuth(request, context, options)
    response.headers.set("cache-control", "private, no-store")
    return refusal ? failure(refusal) : response
  } catch (error) {
    return failure(error)
  }
}

export { handle as GET, handle as POST }
