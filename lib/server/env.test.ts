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

test("a bucket is whole or not there at all", () => {
  expect(parseEnv({ ...good, S3_BUCKET: "", S3_PREFIX: "" }).bucket).toBeNull()
  const whole = { S3_BUCKET: "chat", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "private-one" }
  expect(parseEnv({ ...good, ...whole }).bucket).toEqual({
    endpoint: "https://s3.us-east-1.amazonaws.com",
    region: "us-east-1",
    bucket: "chat",
    prefix: "",
    accessKeyId: "id",
    secretAccessKey: "private-one",
  })
  const elsewhere = {
    ...{ S3_ENDPOINT: "http://localhost:9000", S3_REGION: "auto", S3_PREFIX: "polylogue/" },
  }
  expect(parseEnv({ ...good, ...whole, ...elsewhere }).bucket).toMatchObject({
    endpoint: "http://localhost:9000",
    region: "auto",
    prefix: "polylogue/",
  })
  for (const [change, words] of [
    [{ S3_BUCKET: "" }, /^Cannot start: S3_BUCKET is missing: [^\n]+\.$/],
    [{ S3_SECRET_ACCESS_KEY: "" }, /^Cannot start: S3_SECRET_ACCESS_KEY is missing: /],
    [
      { S3_ACCESS_KEY_ID: "", S3_SECRET_ACCESS_KEY: "" },
      /^Cannot start: S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are missing: /,
    ],
    [{ S3_BUCKET: "a/../b" }, /^Cannot start: S3_BUCKET is no bucket's name/],
    [{ S3_ENDPOINT: "minio:9000" }, /^Cannot start: S3_ENDPOINT must be/],
    [{ S3_PREFIX: "/up" }, /^Cannot start: S3_PREFIX may have/],
  ] as const) {
    const start = () => parseEnv({ ...good, ...whole, ...change })
    expect(start).toThrow(words)
    expect(start).not.toThrow(/private-one/)
  }
  const only = { S3_ENDPOINT: "http://localhost:9000" }
  expect(() => parseEnv({ ...good, ...only })).toThrow(/S3_BUCKET and S3_ACCESS_KEY_ID and/)
})
