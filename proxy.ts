import { type NextRequest, NextResponse } from "next/server"

/**
 * Gives every page its content security policy with a fresh nonce. It decides nothing about who may see
 * what: pages and handlers ask for themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const isDevelopment = process.env.NODE_ENV === "development"
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    // Pictures of other sites load only after a click (components/markdown); https allows that click.
    "img-src 'self' blob: data: https:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ")
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  return response
}

// Pages only: request bodies that pass through here would be cut at 10 MB.
export const config = {
  matcher: ["/((?!api/|_next/|health$|.*\\.(?:svg|png|ico|webmanifest|txt)$).*)"],
}
