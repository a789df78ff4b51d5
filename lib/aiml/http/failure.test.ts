import { expect, test } from "@playwright/test"
import { APICallError } from "ai"
import { toFailure } from "./failure"

function answered(statusCode: number, responseBody: string): APICallError {
  return new APICallError({
    message: "Forbidden",
    url: "http://upstream.invalid",
    requestBodyValues: { messages: ["the whole secret prompt"] },
    statusCode,
    responseBody,
  })
}
const envelope = (statusCode: number | string) =>
  JSON.stringify({
    message: "words of the vendor",
    requestId: "req-1",
    statusCode,
    path: "/",
    timestamp: "",
  })

test("every documented status has a code of ours; the vendor's words are for the log only", () => {
  const codes = [
    [400, "model_refused"],
    [401, "service_unauthorized"],
    [402, "service_credits"],
    [403, "service_forbidden"],
    [404, "model_gone"],
    [408, "model_silent"],
    [429, "model_busy"],
    [500, "model_failed"],
    [502, "model_failed"],
    [503, "model_busy"],
    [504, "model_silent"],
    [524, "model_silent"],
  ] as const
  for (const [status, code] of codes) {
    const failure = toFailure(answered(status, envelope(String(status))))
    expect([failure.code, failure.requestId]).toEqual([code, "req-1"])
    expect(failure.message).not.toContain("vendor")
    expect(`${failure.cause}`).toBe(`${status} words of the vendor`)
    expect(JSON.stringify(failure) + failure.stack).not.toContain("secret prompt")
  }
})

test("bodies that are no envelope are read too", () => {
  expect(toFailure(answered(502, "<html>")).code).toBe("model_failed")
  const failure = toFailure(answered(429, '{"error":{"message":"slow down"}}'))
  expect([failure.code, failure.cause]).toEqual(["model_busy", "429 slow down"])
  expect(toFailure(new TypeError("terminated")).code).toBe("model_cut")
})
