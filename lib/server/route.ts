import "server-only"
import type { z } from "zod"
import { AppError, type ErrorBody } from "../base/errors"
import { newId } from "../base/id"
import { limits } from "../base/limits"
import { noteRequest } from "./after-requests"
import { toAppError } from "./app-error"
import { type Incoming, type RequestHeaders, readJson } from "./body"
import { env } from "./env"
import { errorFields, log } from "./log"

export type Handler<R> = (request: R, context: { params: Promise<unknown> }) => Promise<Response>

export type Call<P, Q, B, U, R> = { user: U; params: P; query: Q; body: B; request: R }

export type Door<P, Q, B> = { params?: z.ZodType<P>; query?: z.ZodType<Q>; body?: z.ZodType<B> }

/** A handler's result: a response, or a value to send as JSON. */
export type Outcome = Response | object | null

/** A route that needs no sign-in; `lib/people/route.ts` has those that do. */
export function publicRoute<P = unknown, Q = unknown, B = unknown>(
  door: Door<P, Q, B>,
  handle: (call: Call<P, Q, B, null, Request>) => Promise<Outcome>,
): Handler<Request> {
  return openRoute(door, async () => null, handle)
}

/**
 * The wrapper of every route: checks the origin, parses `params`, `query` and `body` before calling the handler,
 * and turns anything thrown into the error envelope.
 */
export function openRoute<P, Q, B, U, R extends Incoming>(
  door: Door<P, Q, B>,
  findCaller: (request: R) => Promise<U>,
  handle: (call: Call<P, Q, B, U, R>) => Promise<Outcome>,
): Handler<R> {
  return async (request, context) => {
    const requestId = newId()
    try {
      noteRequest()
      if (!isReading(request)) checkOrigin(request)
      const user = await findCaller(request)
      const params = parse(door.params, await context.params, "not_found")
      const query = parse(
        door.query,
        Object.fromEntries(new URL(request.url).searchParams),
        "invalid",
      )
      const body = door.body ? parse(door.body, await readJson(request), "invalid") : undefined
      // Without a schema the type parameter is `unknown`, so undefined or raw input is fine.
      const outcome = await handle({ user, params, query, body: body as B, request })
      return outcome instanceof Response ? outcome : respond(outcome, requestId)
    } catch (error) {
      return failure(error, requestId)
    }
  }
}

/**
 * Rejects cross-site requests. Browsers send the origin; a request with cookies but without an origin is rejected
 * too.
 */
export function checkOrigin(request: { headers: RequestHeaders }): void {
  const origin = request.headers.get("origin")
  const site = request.headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin") throw new AppError("foreign_origin")
  if (origin === null) {
    if (site === null && request.headers.has("cookie")) throw new AppError("foreign_origin")
    return
  }
  const { AUTH_URL } = env()
  const host = AUTH_URL ? new URL(AUTH_URL).host : request.headers.get("host")
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new AppError("foreign_origin")
}

/** Any error as the error envelope; an unexpected one is logged and sent as `internal`. */
export function failure(error: unknown, requestId = newId()): Response {
  const appError = toAppError(error)
  if (appError.status >= 500)
    log("error", "request-failed", { requestId, code: appError.code, ...errorFields(error) })
  const body: ErrorBody = { code: appError.code, message: appError.message, requestId }
  const headers = new Headers(privately)
  if (appError.code === "too_many_attempts") {
    headers.set("retry-after", String(limits.attemptWindowMinutes * 60))
  }
  // The rest of an oversized body is not read, so the connection cannot be used again.
  if (appError.status === 413) headers.set("connection", "close")
  return Response.json({ error: body }, { status: appError.status, headers })
}

const privately = { "cache-control": "private, no-store" }

function respond(outcome: object | null, requestId: string): Response {
  const headers = { ...privately, "x-request-id": requestId }
  return outcome
    ? Response.json(outcome, { headers })
    : new Response(null, { status: 204, headers })
}

function isReading(request: Pick<Request, "method">): boolean {
  return request.method === "GET" || request.method === "HEAD"
}

function parse<T>(
  schema: z.ZodType<T> | undefined,
  input: unknown,
  code: "invalid" | "not_found",
): T {
  if (!schema) return input as T // without a schema the type is `unknown`
  const result = schema.safeParse(input)
  if (result.success) return result.data
  if (code === "not_found") throw new AppError(code)
  const [issue] = result.error.issues
  const words = issue?.message ?? ""
  // Our own messages are complete sentences; those of the schema library need the field's name.
  const isSentence = words.endsWith(".") || !issue?.path.length
  throw new AppError("invalid", {
    message: isSentence ? words : `${issue.path.join(".")}: ${words}`,
  })
}
