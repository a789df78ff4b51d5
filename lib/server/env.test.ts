import { expect, test } from "@playwright/test"
import { parseEnv } from "./env"

const good = { DATABASE_URL: "postgresql://localhost/app", AUTH_SECRET: "k".repeat(32) }

test("the two needed variables are enough; empty ones count as unset", () => {
  const env = parseEnv({ ...good, AUTH_URL: "", AIMLAPI_API_KEY: "", SIGN_UP: "" })
  expect(env).toMatchObject({ SIGN_UP: "open", AIMLAPI_BASE_URL: "https://api.aimlapi.com" })
  expect(env.AIMLAPI_API_KEY).toBeUndefined()
})

test("missing, short and example secrets are refused by name, never by value", () => {
  for (const secret of [undefined, "short-one", `change-me-${"x".repeat(40)}`]) {
    const start = () => parseEnv({ ...good, AUTH_SECRET: secret })
    expect(start).toThrow(/^Cannot start: AUTH_SECRET /)
    expect(start).not.toThrow(/short-one|xxxx/)
  }
  expect(() => parseEnv({ ...good, DATABASE_URL: "mysql://x" })).toThrow(/DATABASE_URL must start/)
})

test("the simulator answers only when nobody named another upstream", () => {
  const SIMULATOR_URL = "http://127.0.0.1:4000"
  expect(parseEnv({ ...good, SIMULATOR_URL })).toMatchObject({
    isDemo: true,
    AIMLAPI_BASE_URL: SIMULATOR_URL,
  })
  const withKey = parseEnv({ ...good, SIMULATOR_URL, AIMLAPI_API_KEY: "key" })
  expect(withKey).toMatchObject({ isDemo: false, AIMLAPI_BASE_URL: "https://api.aimlapi.com" })
  const elsewhere = parseEnv({ ...good, SIMULATOR_URL, AIMLAPI_BASE_URL: "http://localhost:11434" })
  expect(elsewhere).toMatchObject({ isDemo: false, AIMLAPI_BASE_URL: "http://localhost:11434" })
})
