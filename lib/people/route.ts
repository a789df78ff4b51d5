import "server-only"
import type { User } from "../db/users"
import type { Incoming } from "../server/body"
import { type Call, type Door, type Handler, type Outcome, openRoute } from "../server/route"
import { type Caller, getCaller, getUser } from "./session"

/** A route for signed-in people; everybody else gets `unauthenticated`. */
export function route<P = unknown, Q = unknown, B = unknown>(
  door: Door<P, Q, B>,
  handle: (call: Call<P, Q, B, User, Request>) => Promise<Outcome>,
): Handler<Request> {
  return openRoute(door, getUser, handle)
}

/**
 * The same where the handler's own first statement finds the session: one round trip less. It must answer
 * nothing and do nothing before that statement, or `user.user()`, has found one.
 */
export function callerRoute<P = unknown, Q = unknown, B = unknown>(
  door: Door<P, Q, B>,
  handle: (call: Call<P, Q, B, Caller, Incoming>) => Promise<Outcome>,
): Handler<Incoming> {
  return openRoute(door, async (request) => getCaller(request), handle)
}
