import "server-only"
import type { User } from "../db/users"
import type { Incoming } from "../server/body"
import { type Call, type Door, type Handler, type Outcome, openRoute } from "../server/route"
import { type Caller, getCaller, getUser } from "./session"

/** A route for signed-in people; throws `unauthenticated` otherwise. */
export function route<P = unknown, Q = unknown, B = unknown>(
  door: Door<P, Q, B>,
  handle: (call: Call<P, Q, B, User, Request>) => Promise<Outcome>,
): Handler<Request> {
  return openRoute(door, getUser, handle)
}

/**
 * A route whose handler checks the session in its own first statement, saving a round trip. Before that statement,
 * or `user.user()`, has succeeded it must not return data or have side effects.
 */
export function callerRoute<P = unknown, Q = unknown, B = unknown>(
  door: Door<P, Q, B>,
  handle: (call: Call<P, Q, B, Caller, Incoming>) => Promise<Outcome>,
): Handler<Incoming> {
  return openRoute(door, async (request) => getCaller(request), handle)
}
