import { z } from "zod"
import { AppError } from "../../base/errors"
import { newId } from "../../base/id"
import { trimEndOf } from "../../base/text-end"

const requestIdSchema = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/)

/** An upstream's base URL without a trailing `/v1`: operations have complete paths. */
export function rootOf(baseUrl: string): string {
  return trimEndOf("/", baseUrl).replace(/\/v1$/, "")
}

/**
 * A fetch that adds our request id (unless the caller set one) and follows no redirects, so that neither key nor
 * body is sent elsewhere.
 */
export function tracedFetch(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    const ours = requestIdSchema.safeParse(headers.get("x-client-request-id"))
    headers.set("x-client-request-id", ours.success ? ours.data : newId())
    const response = await inner(input, { ...init, headers, redirect: "manual" })
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel()
      throw new AppError("service_unavailable")
    }
    return response
  }
}
